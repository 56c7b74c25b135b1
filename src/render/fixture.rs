//! A record with every kind of value, for the tests of this module.

use std::fmt::Display;

use super::{
    record::{Align, Cell, Column, Fit, Record, Row, Tone, Value},
    style::{Shape, Style},
};

pub(super) const TIMESTAMP: [u8; 20] = *b"2026-11-22T06:18:34Z";

/// Texts that break careless writers.
pub(super) const ADVERSARIAL_TEXTS: [&str; 14] = [
    "",
    " ",
    "plain",
    "a,b;c\"d'e",
    "\"",
    "back\\slash\\u0041",
    "=HYPERLINK(\"http://example.com\")",
    "line\r\nbreak\ttab",
    "\u{1b}]0;title\u{7}\u{1b}[2J",
    "\u{202e}drow\u{200b}ssap\u{2028}",
    "\0\u{7f}\u{9b}31m",
    "名前 한글 👍🏽 ❤\u{fe0f} e\u{301}",
    "\u{e0041}\u{10ffff}\u{e000}",
    "</script>{{x}}",
];

pub(super) struct Sample {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) uses: i64,
    pub(super) scopes: Vec<String>,
    owner: SampleRegion,
    first: SampleRegion,
}

impl Sample {
    pub(super) fn new(id: &str, name: &str, uses: i64) -> Self {
        let (id, name) = (id.to_owned(), name.to_owned());
        let scopes = vec!["read".to_owned(), name.clone()];
        Self {
            id,
            uses,
            scopes,
            owner: SampleRegion(name.clone()),
            first: SampleRegion("eu".to_owned()),
            name,
        }
    }
}

struct SampleRegion(String);

impl Record for SampleRegion {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("region", Value::Text(&self.0));
    }
}

impl Record for Sample {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("id", Value::Text(&self.id));
        field("name", Value::Text(&self.name));
        field("uses", Value::Integer(self.uses));
        field("live", Value::Bool(true));
        field("ended", Value::Null);
        field("made", Value::Timestamp(TIMESTAMP));
        field("scopes", Value::List(self.scopes.iter().map(|scope| Value::Text(scope)).collect()));
        field("owner", Value::Record(&self.owner));
        field("seats", Value::Records(vec![&self.first, &self.owner]));
    }
}

impl Row for Sample {
    fn names() -> &'static [&'static str] {
        &["id", "name", "uses", "live", "ended", "made", "scopes", "owner", "seats"]
    }

    fn columns() -> &'static [Column] {
        &[
            Column { title: "ID", align: Align::Left, fit: Fit::Id, priority: Column::REQUIRED },
            Column {
                title: "NAME",
                align: Align::Left,
                fit: Fit::Name,
                priority: Column::REQUIRED,
            },
            Column { title: "USES", align: Align::Right, fit: Fit::Whole, priority: 2 },
            Column { title: "STATE", align: Align::Left, fit: Fit::Whole, priority: 5 },
        ]
    }

    fn handle(&self) -> Option<&dyn Display> {
        Some(&self.id)
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        push(Cell { text: &self.id, tone: Tone::Plain });
        push(Cell { text: &self.name, tone: Tone::Dim });
        push(Cell { text: &self.uses.to_string(), tone: Tone::Plain });
        push(if self.uses < 0 {
            Cell { text: "", tone: Tone::Bad }
        } else {
            Cell { text: "active", tone: Tone::Good }
        });
    }
}

pub(super) fn style(shape: Shape) -> Style {
    Style { shape, width: None, colour: false, columns: Vec::new(), header: true }
}
