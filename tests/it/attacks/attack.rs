//! How an attack is made.

use std::fs;

use rusqlite::Connection;

use super::{laundering::Change, target::Target};

/// An attack: a change is made, and the attacker undoes it.
pub struct Attack {
    /// What it achieves, if nothing notices it.
    pub name: &'static str,
    /// What happens before the attacker copies the store.
    pub before: fn(&mut Target),
    /// The change that happens afterwards.
    pub change: fn(&mut Target),
    /// What the attacker does then.
    pub steps: &'static [Step],
    /// The secret that the attack is about.
    pub secret: &'static str,
    /// The command that shows the record that the attack is about.
    pub show: &'static str,
    /// Changes that would make the attack permanent if they were made.
    pub launder: &'static [Change],
}

/// A step of an attacker who can write the store.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Puts back all rows of a table as they are in the older copy.
    PutBack(&'static str),
    /// Puts back all rows of all tables.
    PutBackEverything,
    /// Runs a statement.
    Run(&'static str),
    /// Removes the entry of the newest audit record from the index of records by subject.
    HideNewestRecord,
}

impl Attack {
    /// Makes the attack on a store of its own. `~/checkpoint` has a checkpoint from before it.
    pub fn make(&self) -> Target {
        let target = self.before_attack();
        self.attack(&target);
        target
    }

    /// Returns the store to which everything has happened but the attack itself. `~/older` is the attacker's copy.
    pub fn before_attack(&self) -> Target {
        let mut target = Target::new();
        (self.before)(&mut target);
        fs::copy(target.env.store(), target.env.path("older")).unwrap();
        (self.change)(&mut target);
        let checkpoint = target.env.run_ok("audit checkpoint");
        target.env.file("checkpoint", checkpoint);
        target
    }

    /// Makes the attack on a store that [`Self::before_attack`] returned.
    pub fn attack(&self, target: &Target) {
        let before = target.contents();
        let attacker = Connection::open(target.env.store()).unwrap();
        attacker.execute_batch("pragma foreign_keys = off").unwrap();
        let older = target.env.path("older");
        attacker.execute("attach ?1 as older", [older.to_str().unwrap()]).unwrap();
        self.steps.iter().for_each(|step| step.make(&attacker));
        drop(attacker);
        assert_ne!(target.contents(), before, "{} changes nothing", self.name);
    }
}

impl Step {
    fn make(self, attacker: &Connection) {
        let run = |statements: &str| attacker.execute_batch(statements).unwrap();
        let text = |query| attacker.query_row(query, [], |row| row.get::<_, String>(0)).unwrap();
        match self {
            Self::PutBack(table) => run(&put_back(table)),
            Self::PutBackEverything => {
                let tables =
                    "select group_concat(name) from older.sqlite_schema where type = 'table'";
                text(tables).split(',').for_each(|table| run(&put_back(table)));
            }
            Self::Run(statement) => run(statement),
            Self::HideNewestRecord => {
                let newest = text("select cast(max(seq) as text) from audit");
                let index = text("select sql from main.sqlite_schema where name = 'audit_subject'");
                // The schema describes the index as before.
                run(&format!(
                    "drop index main.audit_subject;
                    create index main.audit_subject on audit (subject, seq) where seq < {newest};
                    pragma writable_schema = on;
                    update main.sqlite_schema set sql = '{index}' where name = 'audit_subject'"
                ));
            }
        }
    }
}

fn put_back(table: &str) -> String {
    format!(
        "begin; delete from main.{table};
        insert into main.{table} select * from older.{table}; commit"
    )
}
