//! Integers of 31 bits that are references and take no memory.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::reference::{as_any, is_not, lost, root, with};
use crate::store::enter_store;
use wasmtime::{AnyRef, AsContextMut, I31, Ref, RootScope};

/// Makes an i31 reference; it belongs to the caller.
///
/// `value` may be meant signed or unsigned: from -2^30 to 2^31 - 1.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (below -2^30), `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_reference` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_i31_new(
    store: wts_store_t,
    value: i32,
    out_reference: *mut wts_reference_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_reference, "out_reference")?;
        let Some(value) = I31::new_i32(value).or_else(|| u32::try_from(value).ok().and_then(I31::new_u32)) else {
            return fail(WTS_ERR_RANGE, format_args!("{value} does not fit 31 bits: the least is -2^30"));
        };
        let store = enter_store(store)?;
        let mut context = store.context()?;
        let mut scope = RootScope::new(context.as_context_mut());
        let made = Ref::Any(Some(AnyRef::from_i31(&mut scope, value)));
        out.set(wts_reference_t(root(&store, &mut scope, &made)?));
        Ok(())
    })
}

fn get(reference: wts_reference_t) -> Result<I31> {
    with(reference, |_, cx, value| match as_any(&value).map(|any| any.as_i31(&*cx)).transpose().or_else(lost)? {
        Some(Some(found)) => Ok(found),
        _ => is_not(cx, &value, "an i31"),
    })
}

/// Gets the value of an i31 reference, read as signed.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (another reference).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_i31_get(reference: wts_reference_t, out_value: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_value, "out_value")?;
        out.set(get(reference)?.get_i32());
        Ok(())
    })
}

/// Gets the value of an i31 reference, read as unsigned.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (another reference).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_i31_get_u(reference: wts_reference_t, out_value: *mut u32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_value, "out_value")?;
        out.set(get(reference)?.get_u32());
        Ok(())
    })
}
