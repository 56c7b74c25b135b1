//! The result of `doctor`.

use crate::{
    ops::admin::doctor::DoctorReport,
    render::{Record, Value},
};

/// The result of `doctor`.
pub struct DoctorReportView<'a> {
    /// The report.
    pub report: &'a DoctorReport,
}

impl Record for DoctorReportView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("schema", Value::Text("gatepass.doctor/v1"));
        field("verifies", Value::Bool(self.report.issues.is_empty()));
        field(
            "problems",
            Value::List(self.report.issues.iter().map(|problem| Value::Text(&problem.0)).collect()),
        );
        field(
            "advice",
            Value::List(self.report.advice.iter().map(|advice| Value::Text(advice)).collect()),
        );
    }
}
