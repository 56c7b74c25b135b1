//! Real proxies with exactly the samples that `proxy-config` prints, before a backend that responses with what reached it.

mod backend;
mod callers;
mod contracts;
mod expectations;
mod gate;
mod matrix;
mod protective_lines;
mod proxy;
mod samples;
mod scenario;
mod setup;
mod stub;
