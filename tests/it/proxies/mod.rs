//! Real proxies with exactly the samples that `proxy-config` prints, between a gate and a backend that responds with
//! the requests that it gets.

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
