//! Every order in which threads can come to the owner word and to the tables of handles. See build.rs.

#![cfg(test)]
#![allow(unused, clippy::all)]

mod handle;
mod owner;
