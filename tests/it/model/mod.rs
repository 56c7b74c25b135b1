//! The program is compared with a model of it: random sequences of commands, and all output that can be observed.

mod apply;
mod calendar;
mod command_line;
mod comparison;
mod decision;
mod edit;
mod expected;
mod machine;
mod prefilled;
mod queries;
mod reference;
mod regressions;
mod rules;
mod step;
mod strategies;
