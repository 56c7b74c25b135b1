//! The program: builds the real host, runs, exits.

fn main() {}
