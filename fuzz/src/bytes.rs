//! Bytes that may be anything, as modules, components and artifacts of both, in the binary and in the text format.
//!
//! What takes the same bytes has to agree about them, and what is taken is looked at from all sides, serialized and loaded
//! again, and run with little fuel.

use crate::library::*;
use std::sync::LazyLock;

/// As many proposals as there are, and code that is made fast and ends.
static ENGINE: LazyLock<wts_engine_t> = LazyLock::new(|| {
    engine(&[
        (WTS_OPT_OPT_LEVEL, i64::from(WTS_OPTIMIZE_NONE)),
        (WTS_OPT_PARALLEL_COMPILATION, 0),
        (WTS_OPT_FUEL, 1),
        (WTS_OPT_MAX_WASM_STACK, 128 << 10),
        (WTS_OPT_MEMORY_RESERVATION, 1 << 20),
        (WTS_OPT_MEMORY_RESERVATION_FOR_GROWTH, 0),
        (WTS_OPT_MEMORY_GUARD_SIZE, 64 << 10),
        (WTS_OPT_WASM_CUSTOM_PAGE_SIZES, 1),
        (WTS_OPT_WASM_WIDE_ARITHMETIC, 1),
        (WTS_OPT_SHARED_MEMORY, 1),
    ])
});

const FUEL: u64 = 10_000;
const MEMORY: u64 = 4 << 20;
const TABLE: u64 = 10_000;

/// How a call can end that runs a guest.
const OF_GUESTS: &[wts_status_t] = &[
    WTS_OK,
    WTS_ERR_TRAP,
    WTS_ERR_FUEL,
    WTS_ERR_LIMIT,
    WTS_ERR_LINK,
    WTS_ERR_HOST,
    WTS_ERR_MEMORY,
    WTS_ERR_STATE,
    WTS_ERR_TYPE,
    WTS_ERR_UNSUPPORTED,
];

/// How a call can end that compiles.
const OF_COMPILING: &[wts_status_t] = &[WTS_OK, WTS_ERR_COMPILE, WTS_ERR_LIMIT, WTS_ERR_UNSUPPORTED];

/// Runs one input.
pub fn run(data: &[u8]) {
    let engine = *ENGINE;
    let before = live(WTS_KIND_NONE);
    artifact(engine, data);
    modules(engine, data);
    components(engine, data);
    assert_eq!(live(WTS_KIND_NONE), before, "handles left alive");
}

fn one_of(status: wts_status_t, documented: &[wts_status_t], what: &str) -> bool {
    if !documented.contains(&status) {
        panic!("{what} answers {status}: {}", Failure::take().message);
    }
    if status != WTS_OK {
        assert!(!Failure::take().message.is_empty(), "{what} answers {status} and does not say why");
    }
    status == WTS_OK
}

/// Bytes as an artifact. Checksums are not found by chance, so what is taken is one of the corpus's own.
fn artifact(engine: wts_engine_t, data: &[u8]) {
    let (mut kind, mut module, mut component) = (-1, wts_module_t(0), wts_component_t(0));
    let documented = [WTS_OK, WTS_ERR_CORRUPT, WTS_ERR_STATE];
    // SAFETY: the input is a slice, the outputs are variables.
    unsafe {
        must(wts_artifact_detect(data.as_ptr(), data.len(), &mut kind), "wts_artifact_detect");
        if one_of(wts_module_deserialize(engine, data.as_ptr(), data.len(), &mut module), &documented, "an artifact") {
            assert_eq!(kind, WTS_ARTIFACT_MODULE, "what was loaded as a module");
            use_module(module);
        } else {
            assert_eq!(module.0, 0, "a failed call wrote its output");
        }
        let status = wts_component_deserialize(engine, data.as_ptr(), data.len(), &mut component);
        if one_of(status, &documented, "an artifact of a component") {
            assert_eq!(kind, WTS_ARTIFACT_COMPONENT, "what was loaded as a component");
            use_component(component);
        } else {
            assert_eq!(component.0, 0, "a failed call wrote its output");
        }
    }
}

fn modules(engine: wts_engine_t, data: &[u8]) {
    let (mut module, mut buffer) = (wts_module_t(0), wts_buffer_t(0));
    // SAFETY: the input is a slice, the outputs are variables.
    unsafe {
        let valid = one_of(wts_module_validate(engine, data.as_ptr(), data.len()), OF_COMPILING, "wts_module_validate");
        let status = wts_module_new(engine, data.as_ptr(), data.len(), &mut module);
        let compiled = one_of(status, OF_COMPILING, "wts_module_new");
        // What is valid may still be too much for the compiler.
        assert!(valid || !compiled, "what is not valid was compiled");
        if !compiled {
            assert!(
                !valid || status != WTS_ERR_COMPILE || beyond_the_compiler(engine, data),
                "valid, but not compiled"
            );
            assert_eq!(module.0, 0, "a failed call wrote its output");
            return;
        }
        must(wts_engine_precompile(engine, data.as_ptr(), data.len(), &mut buffer), "wts_engine_precompile");
        let artifact = take_buffer(buffer);
        assert_eq!(artifact, bytes(|buf, cap, len| wts_module_serialize(module, buf, cap, len)), "two artifacts");
        let mut again = wts_module_t(0);
        must(wts_module_deserialize(engine, artifact.as_ptr(), artifact.len(), &mut again), "wts_module_deserialize");
        assert_eq!(description(module), description(again), "a module and what was serialized of it");
        must(wts_module_delete(again), "wts_module_delete");
    }
    use_module(module);
}

/// Whether a valid module is refused for what the compiler says it does not do, or for its size.
fn beyond_the_compiler(engine: wts_engine_t, data: &[u8]) -> bool {
    let mut module = wts_module_t(0);
    // SAFETY: the input is a slice, the output is a variable.
    unsafe { wts_module_new(engine, data.as_ptr(), data.len(), &mut module) };
    let message = Failure::take().message;
    ["too large", "limit", "nsupported", "not supported", "exceed"].iter().any(|word| message.contains(word))
}

fn count(what: &str, count: impl FnOnce(*mut usize) -> wts_status_t) -> usize {
    let mut found = usize::MAX;
    must(count(&mut found), what);
    found
}

fn type_text(what: &str, get: impl FnOnce(*mut wts_type_t) -> wts_status_t) -> String {
    let mut ty = wts_type_t(0);
    must(get(&mut ty), what);
    // SAFETY: the text is copied to as much room as said.
    let text = text(|buf, cap, len| unsafe { wts_type_text(ty, buf, cap, len) });
    must(wts_type_delete(ty), "wts_type_delete");
    text
}

/// All that can be asked of a module.
fn description(module: wts_module_t) -> Vec<String> {
    // SAFETY: outputs are variables, and texts are copied to as much room as said.
    unsafe {
        let mut all = vec![text(|buf, cap, len| wts_module_name(module, buf, cap, len))];
        for index in 0..count("wts_module_import_count", |out| wts_module_import_count(module, out)) {
            all.push(text(|buf, cap, len| wts_module_import_module(module, index, buf, cap, len)));
            all.push(text(|buf, cap, len| wts_module_import_name(module, index, buf, cap, len)));
            all.push(type_text("wts_module_import_type", |out| wts_module_import_type(module, index, out)));
        }
        for index in 0..count("wts_module_export_count", |out| wts_module_export_count(module, out)) {
            let name = text(|buf, cap, len| wts_module_export_name(module, index, buf, cap, len));
            let found = count("wts_module_export_find", |out| {
                wts_module_export_find(module, name.as_ptr().cast(), name.len(), out)
            });
            assert_eq!(found, index, "the place of the export {name:?}");
            all.push(name);
            all.push(type_text("wts_module_export_type", |out| wts_module_export_type(module, index, out)));
        }
        for index in 0..count("wts_module_func_count", |out| wts_module_func_count(module, out)) {
            let (mut func, mut offset, mut size) = (0, 0, 0);
            must(wts_module_func(module, index, &mut func, &mut offset, &mut size), "wts_module_func");
            all.push(format!("{func} at {offset}, {size} bytes"));
            all.push(text(|buf, cap, len| wts_module_func_name(module, index, buf, cap, len)));
        }
        let name = "name";
        let sections = count("wts_module_custom_section_count", |out| {
            wts_module_custom_section_count(module, name.as_ptr().cast(), name.len(), out)
        });
        for index in 0..sections {
            let section = bytes(|buf, cap, len| {
                wts_module_custom_section(module, name.as_ptr().cast(), name.len(), index, buf, cap, len)
            });
            all.push(format!("{section:?}"));
        }
        let (mut memories, mut largest, mut tables, mut elements) = (0, 0, 0, 0);
        let required = wts_module_resources_required(module, &mut memories, &mut largest, &mut tables, &mut elements);
        must(required, "wts_module_resources_required");
        all.push(format!("{memories} {largest} {tables} {elements}"));
        all
    }
}

fn limited_store() -> wts_store_t {
    let mut store = wts_store_t(0);
    // SAFETY: the output is a variable.
    must(unsafe { wts_store_new(*ENGINE, 0, &mut store) }, "wts_store_new");
    must(wts_store_set_fuel(store, FUEL), "wts_store_set_fuel");
    must(wts_store_set_limits(store, MEMORY, TABLE, 10, 10, 10, 0), "wts_store_set_limits");
    store
}

/// Looks at a module, runs what it exports, and deletes it.
fn use_module(module: wts_module_t) {
    description(module);
    let store = limited_store();
    let (mut linker, mut instance) = (wts_linker_t(0), wts_instance_t(0));
    // SAFETY: outputs are variables.
    unsafe {
        must(wts_linker_new(*ENGINE, &mut linker), "wts_linker_new");
        let defined = wts_linker_define_unknown_imports_as_defaults(linker, store, module);
        one_of(defined, OF_GUESTS, "wts_linker_define_unknown_imports_as_defaults");
        let made = wts_linker_instantiate(linker, store, module, &mut instance);
        if one_of(made, OF_GUESTS, "wts_linker_instantiate") {
            run_exports(store, instance);
        }
    }
    must(wts_linker_delete(linker), "wts_linker_delete");
    must(wts_store_delete(store), "wts_store_delete");
    must(wts_module_delete(module), "wts_module_delete");
}

fn run_exports(store: wts_store_t, instance: wts_instance_t) {
    // SAFETY: outputs are variables.
    unsafe {
        for index in 0..count("wts_instance_export_count", |out| wts_instance_export_count(instance, out)).min(16) {
            let mut item = 0;
            must(wts_instance_export_at(instance, index, &mut item), "wts_instance_export_at");
            let func = wts_func_t(item);
            let mut params = 0;
            if wts_func_param_slots(func, &mut params) == WTS_OK {
                must(wts_store_set_fuel(store, FUEL), "wts_store_set_fuel");
                call(func, params);
            }
        }
    }
}

/// Zeros are values of all types but references that are never null.
fn call(func: wts_func_t, params: usize) {
    // SAFETY: the arrays are as long as said.
    unsafe {
        let args = vec![0; params];
        let mut results = vec![0; count("wts_func_result_slots", |out| wts_func_result_slots(func, out))];
        let status = wts_func_call(func, args.as_ptr(), args.len(), results.as_mut_ptr(), results.len());
        one_of(status, OF_GUESTS, "wts_func_call");
        type_text("wts_func_type", |out| wts_func_type(func, out));
    }
}

fn components(engine: wts_engine_t, data: &[u8]) {
    let (mut component, mut buffer) = (wts_component_t(0), wts_buffer_t(0));
    // SAFETY: the input is a slice, the outputs are variables.
    unsafe {
        let status = wts_component_new(engine, data.as_ptr(), data.len(), &mut component);
        if !one_of(status, OF_COMPILING, "wts_component_new") {
            assert_eq!(component.0, 0, "a failed call wrote its output");
            return;
        }
        must(wts_component_precompile(engine, data.as_ptr(), data.len(), &mut buffer), "wts_component_precompile");
        let artifact = take_buffer(buffer);
        let mut again = wts_component_t(0);
        let status = wts_component_deserialize(engine, artifact.as_ptr(), artifact.len(), &mut again);
        must(status, "wts_component_deserialize");
        assert_eq!(surface(component), surface(again), "a component and what was serialized of it");
        must(wts_component_delete(again), "wts_component_delete");
    }
    use_component(component);
}

/// What a component imports and exports. It may have types for which there are no words.
fn surface(component: wts_component_t) -> Vec<String> {
    // SAFETY: outputs are variables, and texts are copied to as much room as said.
    unsafe {
        let mut all = Vec::new();
        let (mut imports, mut exports) = (0, 0);
        let known = [WTS_OK, WTS_ERR_UNSUPPORTED, WTS_ERR_LIMIT];
        if one_of(wts_component_import_count(component, &mut imports), &known, "wts_component_import_count") {
            for index in 0..imports {
                all.push(text(|buf, cap, len| wts_component_import_name(component, index, buf, cap, len)));
                all.push(text(|buf, cap, len| wts_component_import_type(component, index, buf, cap, len)));
            }
        }
        if one_of(wts_component_export_count(component, &mut exports), &known, "wts_component_export_count") {
            for index in 0..exports {
                all.push(text(|buf, cap, len| wts_component_export_name(component, index, buf, cap, len)));
                all.push(text(|buf, cap, len| wts_component_export_type(component, index, buf, cap, len)));
            }
        }
        let mut len = 0;
        let asked = wts_component_wit(component, std::ptr::null_mut(), 0, &mut len);
        if matches!(asked, WTS_OK | WTS_ERR_BUFFER) {
            all.push(text(|buf, cap, len| wts_component_wit(component, buf, cap, len)));
        } else {
            one_of(asked, &known, "wts_component_wit");
        }
        all
    }
}

/// Looks at a component, makes an instance of it, and deletes it.
fn use_component(component: wts_component_t) {
    surface(component);
    let store = limited_store();
    let (mut linker, mut instance) = (wts_component_linker_t(0), wts_component_instance_t(0));
    // SAFETY: outputs are variables.
    unsafe {
        must(wts_component_linker_new(*ENGINE, &mut linker), "wts_component_linker_new");
        let defined = wts_component_linker_define_unknown_imports_as_traps(linker, component);
        one_of(defined, OF_GUESTS, "wts_component_linker_define_unknown_imports_as_traps");
        let made = wts_component_linker_instantiate(linker, store, component, &mut instance);
        one_of(made, OF_GUESTS, "wts_component_linker_instantiate");
    }
    must(wts_component_linker_delete(linker), "wts_component_linker_delete");
    must(wts_store_delete(store), "wts_store_delete");
    must(wts_component_delete(component), "wts_component_delete");
}
