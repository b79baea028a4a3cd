//! Every order in which threads can come to the owner word: no two are ever inside.

use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::thread;

/// The thread that the word favours, and others. Thread pointers are even.
const FAVOURED: usize = 8;
const OTHER: usize = 16;
const THIRD: usize = 24;

/// A model of src/owner.rs, or a mutant of one, and what can be done with it.
macro_rules! model {
    ($name:ident) => {
        pub mod $name {
            use super::*;

            pub mod source {
                include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
            }
            use source::Owner;

            struct Store {
                owner: Owner,
                /// What only who is inside may touch; loom finds two that do.
                entries: UnsafeCell<usize>,
            }

            impl Store {
                fn touch(&self) {
                    // SAFETY: this thread is inside, which is what is modelled.
                    self.entries.with_mut(|entries| unsafe { *entries += 1 });
                }

                /// Enters, so many times one within the other, if it is let in.
                fn enter(&self, thread: usize, depth: usize) -> bool {
                    let Some(way) = self.owner.enter(thread) else { return false };
                    self.touch();
                    if depth > 1 {
                        assert!(self.enter(thread, depth - 1), "who is inside is let in again");
                        self.touch();
                    }
                    self.owner.leave(way);
                    true
                }

                fn visit(&self) {
                    if self.owner.try_visit() {
                        self.touch();
                        self.owner.end_visit();
                    }
                }
            }

            fn store() -> Arc<Store> {
                Arc::new(Store { owner: Owner::biased_to(FAVOURED), entries: UnsafeCell::new(0) })
            }

            /// The order of things is limited in how often a thread is stopped in its work: more is rarely needed.
            fn check(preemptions: usize, model: impl Fn() + Sync + Send + 'static) {
                let mut builder = loom::model::Builder::new();
                builder.preemption_bound = Some(preemptions);
                builder.check(model);
            }

            pub fn two_threads() {
                check(4, || {
                    let store = store();
                    let other = store.clone();
                    let other = thread::spawn(move || other.enter(OTHER, 1));
                    let times = (0..2).filter(|_| store.enter(FAVOURED, 1)).count();
                    let times = times + usize::from(other.join().unwrap());
                    // Nobody is inside, so everybody is let in.
                    assert!(store.owner.is_free());
                    assert!(store.enter(OTHER, 1) && store.enter(FAVOURED, 1));
                    // SAFETY: the other thread has ended.
                    assert_eq!(store.entries.with(|entries| unsafe { *entries }), times + 2);
                });
            }

            pub fn within_one_another() {
                check(4, || {
                    let store = store();
                    let other = store.clone();
                    let other = thread::spawn(move || other.enter(OTHER, 2));
                    _ = store.enter(FAVOURED, 2);
                    _ = other.join().unwrap();
                    assert!(store.owner.is_free());
                });
            }

            pub fn visitors() {
                check(3, || {
                    let store = store();
                    let other = store.clone();
                    let other = thread::spawn(move || other.visit());
                    _ = store.enter(FAVOURED, 1);
                    other.join().unwrap();
                    assert!(store.enter(FAVOURED, 1) && store.owner.is_free());
                });
            }

            pub fn three_threads() {
                check(2, || {
                    let store = store();
                    let others = [OTHER, THIRD].map(|id| {
                        let store = store.clone();
                        thread::spawn(move || store.enter(id, 1))
                    });
                    _ = store.enter(FAVOURED, 1);
                    _ = others.map(|other| other.join().unwrap());
                    assert!(store.enter(THIRD, 1));
                });
            }
        }
    };
}

model!(owner);

#[test]
fn two_threads_exclude_each_other() {
    owner::two_threads();
}

#[test]
fn entries_within_one_another_exclude_other_threads() {
    owner::within_one_another();
}

#[test]
fn visitors_exclude_the_favoured_thread() {
    owner::visitors();
}

#[test]
fn three_threads_exclude_each_other() {
    owner::three_threads();
}

/// The proof that the models find what they look for.
macro_rules! mutant {
    ($name:ident) => {
        model!($name);

        #[test]
        #[should_panic]
        fn $name() {
            $name::two_threads();
            $name::within_one_another();
        }
    };
}

mutant!(without_fence);
mutant!(without_barrier);
mutant!(without_looking);
mutant!(without_release);
