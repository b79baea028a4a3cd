//! One script of the suite, directive by directive.

use std::collections::HashMap;
use std::sync::Arc;
use std::thread::{self, Scope, ScopedJoinHandle};

use wast::lexer::Lexer;
use wast::parser::{self, ParseBuffer};
use wast::{QuoteWat, QuoteWatTest, Wast, WastDirective, WastExecute, WastInvoke, WastRet, WastThread, Wat};

use crate::library::*;
use crate::objects::{self, Engine, Owned, Result};
use crate::values::{self, Value};
use crate::{spectest, traps};

/// Scripts nest deeply, and exhaust stacks.
pub const STACK: usize = 16 << 20;

/// What came of a directive.
#[derive(Debug)]
pub struct Outcome {
    pub line: usize,
    pub result: Result<(), String>,
}

/// Runs a script. One that cannot be read has a single outcome, which is not a good one.
pub fn run(engine: &Engine, text: &str) -> Vec<Outcome> {
    parse_and_run(engine, text).unwrap_or_else(|failure| vec![Outcome { line: 1, result: Err(failure.message) }])
}

fn parse_and_run(engine: &Engine, text: &str) -> Result<Vec<Outcome>> {
    let mut lexer = Lexer::new(text);
    // The suite has names of every kind.
    lexer.allow_confusing_unicode(true);
    let buffer = ParseBuffer::new_with_lexer(lexer)?;
    let wast = parser::parse::<Wast>(&buffer)?;
    Ok(Script::new(engine, text)?.run(wast.directives))
}

/// What a script has made so far.
struct Script<'a> {
    text: &'a str,
    engine: &'a Engine,
    // Goes before the store, whose items it names.
    linker: Owned,
    store: Owned,
    current: Option<u64>,
    instances: HashMap<&'a str, u64>,
    modules: HashMap<Option<&'a str>, Arc<Owned>>,
    /// Shared memories of instances of the script that started this one's thread, by the names of both.
    shared: HashMap<&'a str, Vec<(String, Owned)>>,
}

/// The threads that a script has started, by name.
type Threads<'scope, 'a> = HashMap<&'a str, ScopedJoinHandle<'scope, Result<Vec<Outcome>>>>;

impl<'a> Script<'a> {
    fn new(engine: &'a Engine, text: &'a str) -> Result<Self> {
        let (linker, store) = (objects::linker(engine)?, objects::store(engine)?);
        spectest::define(&linker, &store)?;
        if engine.has_shared_memories {
            spectest::define_shared_memory(&linker, engine)?;
        }
        Ok(Script {
            text,
            engine,
            linker,
            store,
            current: None,
            instances: HashMap::new(),
            modules: HashMap::new(),
            shared: HashMap::new(),
        })
    }

    fn run(&mut self, directives: Vec<WastDirective<'a>>) -> Vec<Outcome> {
        thread::scope(|scope| {
            let mut threads = HashMap::new();
            let outcome = |directive: WastDirective<'a>| {
                let line = directive.span().linecol_in(self.text).0 + 1;
                let result = self.directive(directive, scope, &mut threads);
                Outcome { line, result: result.map_err(|failure| failure.message) }
            };
            let mut outcomes: Vec<_> = directives.into_iter().map(outcome).collect();
            // What came of them would be lost.
            let forgotten = threads.into_keys().map(|name| Err(format!("nobody waits for the thread {name}")));
            outcomes.extend(forgotten.map(|result| Outcome { line: 1, result }));
            outcomes
        })
    }

    fn directive<'scope>(
        &mut self,
        directive: WastDirective<'a>,
        scope: &'scope Scope<'scope, '_>,
        threads: &mut Threads<'scope, 'a>,
    ) -> Result
    where
        'a: 'scope,
    {
        match directive {
            WastDirective::Module(mut module) => {
                self.current = None;
                let compiled = self.compile(&mut module)?;
                self.instantiate_as(module.name().map(|id| id.name()), &compiled)
            }
            WastDirective::ModuleDefinition(mut module) => {
                let compiled = self.compile(&mut module)?;
                self.modules.insert(module.name().map(|id| id.name()), Arc::new(compiled));
                Ok(())
            }
            WastDirective::ModuleInstance { instance, module, .. } => {
                let module = module.map(|id| id.name());
                let compiled = self.modules.get(&module).cloned();
                let compiled = compiled.ok_or_else(|| format!("no module is named {module:?}"))?;
                self.instantiate_as(instance.map(|id| id.name()), &compiled)
            }
            WastDirective::Register { name, module, .. } => self.register(name, module.map(|id| id.name())),
            WastDirective::Invoke(invoke) => self.invoke(&invoke).map(drop),
            WastDirective::AssertReturn { exec, results, .. } => assert_return(self.execute(exec)?, &results),
            WastDirective::AssertTrap { exec, message, .. } => assert_trap(self.execute(exec), message),
            WastDirective::AssertExhaustion { call, message, .. } => assert_trap(self.invoke(&call), message),
            WastDirective::AssertException { exec, .. } => self.assert_exception(exec),
            WastDirective::AssertSuspension { exec, message, .. } => assert_trap(self.execute(exec), message),
            WastDirective::AssertUnlinkable { module, message, .. } => self.assert_unlinkable(module, message),
            WastDirective::AssertMalformed { mut module, .. }
            | WastDirective::AssertMalformedCustom { mut module, .. }
            | WastDirective::AssertInvalid { mut module, .. }
            | WastDirective::AssertInvalidCustom { mut module, .. } => assert_refused(self.compile(&mut module)),
            WastDirective::Thread(thread) => {
                threads.insert(thread.name.name(), self.start(thread, scope)?);
                Ok(())
            }
            WastDirective::Wait { thread, .. } => {
                let name = thread.name();
                let thread = threads.remove(name).ok_or_else(|| format!("no thread is named {name}"))?;
                thread.join().unwrap()?.into_iter().try_for_each(|outcome| Ok(outcome.result?))
            }
        }
    }

    // ---- threads ----

    /// Starts a thread, with a store of its own.
    fn start<'scope>(
        &self,
        thread: WastThread<'a>,
        scope: &'scope Scope<'scope, '_>,
    ) -> Result<ScopedJoinHandle<'scope, Result<Vec<Outcome>>>>
    where
        'a: 'scope,
    {
        let mut shared = HashMap::new();
        if let Some(name) = thread.shared_module.map(|id| id.name()) {
            let exports = objects::exports(self.instance(Some(name))?)?.into_iter();
            let memories = exports.filter(|(_, item)| objects::kind(*item) == WTS_KIND_SHARED_MEMORY);
            let memories: Result<_> = memories.map(|(name, memory)| Ok((name, objects::share(memory)?))).collect();
            shared.insert(name, memories?);
        }
        let (engine, text) = (self.engine, self.text);
        let run = move || {
            let mut script = Script::new(engine, text)?;
            script.shared = shared;
            Ok(script.run(thread.directives))
        };
        Ok(thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run).unwrap())
    }

    // ---- modules and instances ----

    fn compile(&self, module: &mut QuoteWat) -> Result<Owned> {
        match module.to_test()? {
            QuoteWatTest::Binary(bytes) | QuoteWatTest::Text(bytes) => objects::module(self.engine, &bytes),
        }
    }

    fn instantiate(&self, module: &Owned) -> Result<u64> {
        objects::instantiate(&self.linker, &self.store, module)
    }

    /// Makes the instance that nameless directives mean from now on.
    fn instantiate_as(&mut self, name: Option<&'a str>, module: &Owned) -> Result {
        self.current = None;
        let instance = self.instantiate(module)?;
        self.current = Some(instance);
        if let Some(name) = name {
            self.instances.insert(name, instance);
        }
        Ok(())
    }

    fn register(&self, as_name: &str, name: Option<&str>) -> Result {
        if let Some(memories) = name.and_then(|name| self.shared.get(name)) {
            let mut memories = memories.iter();
            return memories
                .try_for_each(|(name, memory)| objects::define(&self.linker, as_name, name, memory.handle()));
        }
        objects::define_instance(&self.linker, as_name, self.instance(name)?)
    }

    fn instance(&self, name: Option<&str>) -> Result<u64> {
        let instance = match name {
            Some(name) => self.instances.get(name).copied(),
            None => self.current,
        };
        Ok(instance.ok_or_else(|| format!("no instance is named {name:?}"))?)
    }

    // ---- actions ----

    fn execute(&self, exec: WastExecute) -> Result<Vec<Value>> {
        match exec {
            WastExecute::Invoke(invoke) => self.invoke(&invoke),
            WastExecute::Wat(wat) => {
                let module = self.compile(&mut QuoteWat::Wat(wat))?;
                self.instantiate(&module).map(|_| Vec::new())
            }
            WastExecute::Get { module, global, .. } => {
                let global = objects::export(self.instance(module.map(|id| id.name()))?, global)?;
                let (kind, slots) = objects::read(global)?;
                values::decode(&[kind], &slots)
            }
        }
    }

    fn invoke(&self, invoke: &WastInvoke) -> Result<Vec<Value>> {
        let instance = self.instance(invoke.module.map(|id| id.name()))?;
        let func = objects::export(instance, invoke.name)?;
        // Held until the call is over.
        let (args, _references) = values::encode(&self.store, &invoke.args)?;
        let (kinds, slots) = objects::call(func, &args)?;
        values::decode(&kinds, &slots)
    }

    fn assert_exception(&self, exec: WastExecute) -> Result {
        match self.execute(exec) {
            Err(failure) if failure.status == WTS_ERR_TRAP && failure.trap == WTS_TRAP_OTHER => {
                objects::take_exception(&self.store).map(drop)
            }
            other => wrong("an exception", other),
        }
    }

    fn assert_unlinkable(&self, module: Wat, message: &str) -> Result {
        let module = self.compile(&mut QuoteWat::Wat(module))?;
        match self.instantiate(&module) {
            Err(failure) if failure.status == WTS_ERR_LINK && failure.message.contains(message) => Ok(()),
            Err(failure) if message.ends_with("segment does not fit") && traps::matches(&failure, message) => Ok(()),
            other => wrong(format_args!("'{message}' when it is linked"), other),
        }
    }
}

// ---- what is asserted ----

fn wrong<T: std::fmt::Debug>(expected: impl std::fmt::Display, found: T) -> Result {
    Err(format!("expected {expected}, found {found:?}").into())
}

fn assert_return(values: Vec<Value>, expected: &[WastRet]) -> Result {
    let same = values.len() == expected.len();
    if same && values.iter().zip(expected).all(|(value, expected)| values::matches(value, expected)) {
        return Ok(());
    }
    wrong(format_args!("{expected:?}"), values)
}

fn assert_trap(found: Result<Vec<Value>>, message: &str) -> Result {
    match found {
        Err(failure) if traps::matches(&failure, message) => Ok(()),
        other => wrong(format_args!("the trap '{message}'"), other),
    }
}

/// Wasmtime does not tell malformed modules from invalid ones.
fn assert_refused(compiled: Result<Owned>) -> Result {
    match compiled {
        Err(failure) if failure.status == WTS_ERR_COMPILE => Ok(()),
        other => wrong("a module that does not compile", other.map(|_| "one that does")),
    }
}
