//! One record of every kind of value, for the tests of this module.

use std::fmt::Display;

use super::{Align, Cell, Column, Record, Row, Shape, Style, Tone, Value};

pub(super) const TIMESTAMP: [u8; 20] = *b"2026-11-22T06:18:34Z";

/// Texts that break what is careless.
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
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("region", Value::Text(&self.0));
    }
}

impl Record for Sample {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("id", Value::Text(&self.id));
        put("name", Value::Text(&self.name));
        put("uses", Value::Integer(self.uses));
        put("live", Value::Bool(true));
        put("ended", Value::Null);
        put("made", Value::Timestamp(TIMESTAMP));
        put("scopes", Value::List(self.scopes.iter().map(|scope| Value::Text(scope)).collect()));
        put("owner", Value::Record(&self.owner));
        put("seats", Value::Records(vec![&self.first, &self.owner]));
    }
}

impl Row for Sample {
    fn names() -> &'static [&'static str] {
        &["id", "name", "uses", "live", "ended", "made", "scopes", "owner", "seats"]
    }

    fn columns() -> &'static [Column] {
        &[
            Column { title: "ID", align: Align::Left, shrink: false, priority: 9 },
            Column { title: "NAME", align: Align::Left, shrink: true, priority: 8 },
            Column { title: "USES", align: Align::Right, shrink: false, priority: 2 },
            Column { title: "STATE", align: Align::Left, shrink: false, priority: 5 },
        ]
    }

    fn handle(&self) -> &dyn Display {
        &self.id
    }

    fn cells(&self, put: &mut dyn FnMut(Cell<'_>)) {
        put(Cell { text: &self.id, tone: Tone::Plain });
        put(Cell { text: &self.name, tone: Tone::Dim });
        put(Cell { text: &self.uses.to_string(), tone: Tone::Plain });
        put(if self.uses < 0 {
            Cell { text: "", tone: Tone::Bad }
        } else {
            Cell { text: "active", tone: Tone::Good }
        });
    }
}

pub(super) fn style(shape: Shape) -> Style {
    Style { shape, width: None, colour: false }
}
