//! `include/wasmtime_shim.json`: what there is to misuse.

use serde::Deserialize;

#[derive(Deserialize)]
pub struct Abi {
    pub constants: Vec<Constant>,
    pub functions: Vec<Function>,
}

#[derive(Deserialize)]
pub struct Constant {
    pub name: String,
    pub value: i128,
}

#[derive(Clone, Deserialize)]
pub struct Function {
    pub name: String,
    pub doc: String,
    pub returns: String,
    pub errors: Vec<String>,
    pub params: Vec<Param>,
}

#[derive(Clone, Deserialize)]
pub struct Param {
    pub name: String,
    pub r#type: String,
    pub role: String,
    /// Of a handle, or of the handles behind a pointer.
    pub kind: Option<String>,
    pub element: Option<String>,
    /// The parameters that hold the length and the capacity of what this one points to.
    pub len: Option<String>,
    pub cap: Option<String>,
}

impl Abi {
    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).expect("the description of the ABI is what it was")
    }

    pub fn number(&self, name: &str) -> i32 {
        let constant = self.constants.iter().find(|c| c.name == name);
        constant.unwrap_or_else(|| panic!("there is no {name}")).value as i32
    }

    /// The name of a status, or the number where it has none.
    pub fn status_name(&self, status: i32) -> String {
        let statuses = |c: &&Constant| c.value == i128::from(status) && (c.value < 0 && c.name.starts_with("WTS_ERR_"));
        match self.constants.iter().find(statuses) {
            Some(constant) => constant.name.clone(),
            None => ["WTS_OK", "WTS_PENDING"].get(status as usize).map_or(status.to_string(), |name| name.to_string()),
        }
    }
}

impl Function {
    /// Whether it answers a status; the others cannot fail.
    pub fn can_fail(&self) -> bool {
        self.returns == "wts_status_t"
    }

    pub fn index(&self, name: &str) -> usize {
        self.params.iter().position(|p| p.name == name).expect("the description names a parameter of the function")
    }

    /// Whether it reads errors, and so leaves the last one as it is.
    pub fn leaves_last_error(&self) -> bool {
        ["wts_error_", "wts_status_", "wts_trap_"].iter().any(|start| self.name.starts_with(start))
    }
}

impl Param {
    /// The size of what it points to.
    pub fn element_size(&self) -> usize {
        match self.element.as_deref() {
            Some("char" | "uint8_t") => 1,
            Some("int32_t" | "uint32_t") => 4,
            _ => 8,
        }
    }

    pub fn is_text(&self) -> bool {
        self.role == "in_ptr" && self.element.as_deref() == Some("char")
    }

    pub fn is_output(&self) -> bool {
        ["out", "out_ptr", "buf"].contains(&self.role.as_str())
    }
}
