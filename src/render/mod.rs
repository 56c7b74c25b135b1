//! Output: writes records as tables, JSON, CSV or plain text.
//!
//! A view implements [`Record`]; a view that can be an item of a list also implements [`Row`]. [`ListWriter`] streams lists;
//! [`record()`], [`fields`] and, for people, [`details`] write a single record. This module knows formats and terminals but not
//! what it prints. In every format it escapes text that could control a terminal.

mod bars;
mod buffer;
mod csv;
mod error;
#[cfg(test)]
mod fixture;
mod json;
mod list;
mod message;
mod plain;
mod record;
mod single;
mod style;
mod table;
pub mod text;
mod wrap;

pub use bars::{Bar, bars};
pub use csv::csv_text;
pub use error::{FieldError, UnknownField};
pub use json::json_text;
pub use list::ListWriter;
pub use message::{MessageStyle, colour_headings, message};
pub use record::{Align, Cell, Column, Fit, Record, Row, Tone, Value};
pub use single::{details, fields, record};
pub use style::{Format, Shape, Style};
pub use table::TableFit;
pub use wrap::wrap;
