//! `include/wasmtime_shim.json`: the ABI for binding generators and for the misuse tests.

use serde::Serialize;

use crate::abi::{Abi, Function, Param, Signature};
use crate::role::{Role, role};

#[derive(Serialize)]
struct Document<'a> {
    abi: &'a str,
    types: Vec<JsonType<'a>>,
    constants: Vec<JsonConstant<'a>>,
    callbacks: Vec<JsonCallback<'a>>,
    functions: Vec<JsonFunction<'a>>,
}

#[derive(Serialize)]
struct JsonType<'a> {
    name: &'a str,
    c: &'a str,
    doc: &'a str,
}

#[derive(Serialize)]
struct JsonConstant<'a> {
    name: &'a str,
    r#type: &'a str,
    value: i128,
    doc: &'a str,
}

#[derive(Serialize)]
struct JsonCallback<'a> {
    name: &'a str,
    doc: &'a str,
    returns: String,
    params: Vec<JsonParam<'a>>,
}

#[derive(Serialize)]
struct JsonFunction<'a> {
    name: &'a str,
    object: &'a str,
    doc: &'a str,
    returns: String,
    errors: Vec<&'a str>,
    threads: Option<&'a str>,
    safety: Option<&'a str>,
    params: Vec<JsonParam<'a>>,
}

#[derive(Serialize)]
struct JsonParam<'a> {
    name: &'a str,
    r#type: String,
    #[serde(flatten)]
    role: Option<Role>,
}

pub fn generate(abi: &Abi, version: &str) -> String {
    let types = abi.types.iter().map(|t| JsonType { name: &t.name, c: &t.base, doc: &t.doc.text });
    let constants = abi.constants.iter();
    let constants = constants.map(|c| JsonConstant { name: &c.name, r#type: &c.ty, value: c.value, doc: &c.doc.text });
    let document = Document {
        abi: version,
        types: types.collect(),
        constants: constants.collect(),
        callbacks: abi.callbacks.iter().map(|c| callback(abi, c)).collect(),
        functions: abi.functions.iter().map(|f| function(abi, f)).collect(),
    };
    serde_json::to_string_pretty(&document).expect("numbers and text are JSON") + "\n"
}

fn callback<'a>(abi: &Abi, signature: &'a Signature) -> JsonCallback<'a> {
    let Signature { name, doc, params, .. } = signature;
    let params = json_params(abi, "", params);
    JsonCallback { name, doc: &doc.text, returns: signature.c_returns(), params }
}

fn function<'a>(abi: &'a Abi, function: &'a Function) -> JsonFunction<'a> {
    let Signature { name, doc, params, .. } = &function.signature;
    JsonFunction {
        name,
        object: function.object,
        doc: &doc.text,
        returns: function.signature.c_returns(),
        errors: abi.errors(function),
        threads: doc.section("Threads"),
        safety: doc.section("Safety"),
        params: json_params(abi, function.object, params),
    }
}

fn json_params<'a>(abi: &Abi, object: &str, params: &'a [Param]) -> Vec<JsonParam<'a>> {
    let param = |i: usize, param: &'a Param| JsonParam {
        name: &param.name,
        r#type: param.ty.c(),
        role: role(abi, object, params, i),
    };
    params.iter().enumerate().map(|(i, p)| param(i, p)).collect()
}
