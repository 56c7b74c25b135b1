//! A proxy between a gate and a backend, and the scenarios that run through it.

use super::{
    backend::Backend,
    callers::contains_secret,
    expectations::{Observed, is_for_apps, problems},
    gate::{Gate, Running, Transport},
    proxy::{Proxy, Started},
    scenario::{CLIENT, Scenario, scenarios},
};

/// A proxy between a gate and a backend.
pub struct Setup {
    pub proxy: Started,
    pub gate: Running,
    pub backend: Backend,
}

/// The outcome of a scenario behind one proxy.
pub struct Cell {
    pub name: &'static str,
    pub gate: Gate,
    /// The reason in the gate's log; `None` if it generated no decision.
    pub reason: Option<String>,
    /// The status and what happened to the request, or [`NO_RESPONSE`].
    pub text: String,
    /// The body of the response.
    pub body: String,
    /// What is wrong with the outcome.
    pub wrong: Vec<String>,
}

/// The text of a cell without a response, or without a reason.
pub const NO_RESPONSE: &str = "-";

impl Setup {
    pub fn new(proxy: Proxy, gate: Running, edit: &dyn Fn(String) -> String) -> Self {
        let backend = Backend::start();
        let proxy = Started::new(proxy, &gate.address, backend.address(), edit);
        Self { proxy, gate, backend }
    }

    pub fn cell(&mut self, scenario: &Scenario) -> Cell {
        self.gate.prepare(scenario.gate);
        let before = self.backend.request_count();
        let response = scenario.request.ask_from(CLIENT, self.proxy.address);
        let decision = self.gate.decision();
        let reason = decision.as_ref().and_then(|line| line["reason"].as_str().map(str::to_owned));
        let (text, body, wrong) = match response {
            Err(error) => (NO_RESPONSE.to_owned(), String::new(), vec![error.to_string()]),
            Ok(response) => {
                let observed =
                    Observed { reached: self.backend.request_count() - before, response, decision };
                let word = match observed.reached {
                    0 if is_for_apps(&observed.response) => "answered",
                    0 => "refused",
                    _ => "passes",
                };
                let text = format!("{} {word}", observed.response.status());
                let body = String::from_utf8_lossy(&observed.response.body).into_owned();
                (text, body, problems(scenario, &observed))
            }
        };
        Cell { name: scenario.name, gate: scenario.gate, reason, text, body, wrong }
    }

    pub fn logs_a_secret(&self) -> bool {
        contains_secret(&self.proxy.log())
    }

    /// Runs all scenarios for these gates, in order.
    pub fn cells(&mut self, gates: &[Gate]) -> Vec<Cell> {
        gates.iter().flat_map(|gate| scenarios(*gate)).map(|row| self.cell(&row)).collect()
    }
}

pub fn unchanged(sample: String) -> String {
    sample
}

/// Returns the scenario with this label.
pub fn scenario_named(name: &str) -> Scenario {
    let all = [Gate::Real, Gate::Stub].into_iter().flat_map(scenarios);
    all.into_iter().find(|row| row.name == name).unwrap()
}

/// Returns whether a proxy logs a secret in any scenario.
pub fn logs_a_secret(proxy: Proxy, edit: &dyn Fn(String) -> String) -> bool {
    let mut setup = Setup::new(proxy, Running::real(proxy, Transport::Tcp), edit);
    setup.cells(&[Gate::Real]);
    setup.logs_a_secret()
}
