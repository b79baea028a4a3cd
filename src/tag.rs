//! Tags, by which exceptions are told apart.

use crate::abi::*;
use crate::args;
use crate::boundary::boundary;
use crate::object;
use crate::reference::not_made;
use crate::store::{enter, enter_store};
use crate::types::Type;
use wasmtime::{Extern, Tag};

/// Makes a tag of a tag type. It lives as long as the store.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a type of another
/// engine), `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also: the engine has no garbage collection), `WTS_ERR_TYPE` (not a
/// tag type), `WTS_ERR_MEMORY`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_tag` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_tag_new(store: wts_store_t, r#type: wts_type_t, out_tag: *mut wts_tag_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_tag, "out_tag")?;
        let ty = object::get::<Type>(r#type.0)?;
        let store = enter_store(store)?;
        let ty = ty.to_tag(&store.body().engine.engine)?;
        let mut context = store.context()?;
        let tag = match Tag::new(&mut context, &ty) {
            Ok(tag) => tag,
            Err(error) => return not_made(&store, "a tag", error),
        };
        out.set(wts_tag_t(store.handle_of(&mut context, Extern::Tag(tag))?));
        Ok(())
    })
}

/// Gets the type of a tag, a new handle. Its parameters are the fields of the tag's exceptions.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_tag_type(tag: wts_tag_t, out_type: *mut wts_type_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let store = enter(tag.0, WTS_KIND_TAG)?;
        let ty = store.tag(tag.0)?.ty(&store.context()?);
        out.set(wts_type_t(object::insert::<Type>(Type::of_tag(&ty))?));
        Ok(())
    })
}

/// Tells whether two handles name the same tag: 1, or 0.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_same` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_tag_same(tag: wts_tag_t, other: wts_tag_t, out_same: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_same, "out_same")?;
        let store = enter(tag.0, WTS_KIND_TAG)?;
        let one = store.tag(tag.0)?;
        store.check_same_store(other.0, WTS_KIND_TAG)?;
        let two = store.tag(other.0)?;
        out.set(i32::from(Tag::eq(&one, &two, &store.context()?)));
        Ok(())
    })
}
