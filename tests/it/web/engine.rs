//! The shipped engine, interpreted: no browser, no node and no target of Rust is needed for it.

use super::lzma::unpacked;
use crate::support::root;
use serde_json::Value;
use wasmi::{Instance, Linker, Memory, Module, Store, TypedFunc};

/// An instance of the engine.
pub struct Engine {
    store: Store<()>,
    memory: Memory,
    take: TypedFunc<u32, u32>,
    ask: TypedFunc<(), u32>,
    give: TypedFunc<(), u32>,
}

/// The bytes of the engine, as a browser unpacks them: of the one that is shipped, or of the file that `HEADSTART_ENGINE` names.
pub fn bytes() -> Vec<u8> {
    let shipped = || root().join("src/report/html/live/engine.wasm.lzma");
    let packed =
        std::fs::read(std::env::var_os("HEADSTART_ENGINE").map_or_else(shipped, Into::into)).unwrap();
    unpacked(&packed)
}

impl Engine {
    pub fn new() -> Self {
        let engine = wasmi::Engine::default();
        let module = Module::new(&engine, bytes()).unwrap();
        let mut store = Store::new(&engine, ());
        // It imports nothing: neither clock nor network nor files.
        let instance: Instance =
            Linker::new(&engine).instantiate_and_start(&mut store, &module).expect("it imports nothing");
        Self {
            memory: instance.get_memory(&store, "memory").unwrap(),
            take: instance.get_typed_func(&store, "take").unwrap(),
            ask: instance.get_typed_func(&store, "ask").unwrap(),
            give: instance.get_typed_func(&store, "give").unwrap(),
            store,
        }
    }

    /// Asks it something.
    pub fn ask_text(&mut self, request: &str) -> Value {
        let length = u32::try_from(request.len()).unwrap();
        let at = self.take.call(&mut self.store, length).unwrap();
        self.memory.write(&mut self.store, at as usize, request.as_bytes()).unwrap();
        let length = self.ask.call(&mut self.store, ()).unwrap();
        let at = self.give.call(&mut self.store, ()).unwrap();
        let mut answer = vec![0; length as usize];
        self.memory.read(&self.store, at as usize, &mut answer).unwrap();
        serde_json::from_slice(&answer).unwrap()
    }

    pub fn ask(&mut self, request: &Value) -> Value {
        self.ask_text(&request.to_string())
    }
}
