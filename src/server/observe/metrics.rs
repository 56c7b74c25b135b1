//! Metrics in the OpenMetrics format, which Prometheus reads.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant as Timer,
};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric, MetricEncoder, text},
    metrics::{MetricType, counter::ConstCounter, gauge::ConstGauge},
    registry::Registry,
};

use super::{
    counters::{Counters, LATENCY_BOUNDS, outcome_names},
    credential_counts::CredentialCounts,
    outbox_gauges::OutboxGauges,
};
use crate::{
    domain::credential::State,
    server::{cache::index_cache::Cache, http::connection_limit::ConnectionLimit, log::Log},
};

const SECONDS_PER_NANOSECOND: f64 = 1e-9;

/// The sources of all metrics.
pub struct Metrics {
    /// The counters of each worker.
    pub counters: Vec<Arc<Counters>>,
    /// The cache of the store.
    pub cache: Arc<Cache>,
    /// The open connections.
    pub connection_limit: Arc<ConnectionLimit>,
    /// The log, which counts dropped lines.
    pub log: Log,
    /// The messages to apps.
    pub outbox: Arc<OutboxGauges>,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Measured(..)")
    }
}

/// Renders all metrics.
///
/// # Errors
/// When a metric can't be encoded, which is a bug.
pub fn render(metrics: &Arc<Metrics>) -> Result<String, fmt::Error> {
    let mut registry = Registry::with_prefix("gatepass");
    registry.register_collector(Box::new(metrics.clone()));
    let mut text = String::new();
    text::encode(&mut text, &registry)?;
    Ok(text)
}

impl Collector for Metrics {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        self.decisions(&mut encoder)?;
        self.latencies(&mut encoder)?;
        self.credentials(&mut encoder)?;
        self.messages(&mut encoder)?;
        let open = self.connection_limit.open.load(Ordering::Relaxed) as i64;
        gauge(&mut encoder, "connections", "Open connections", open)?;
        let age = self.cache.age(Timer::now()).as_secs_f64();
        gauge(&mut encoder, "snapshot_age_seconds", "Time since the store was last read", age)?;
        let failures = self.cache.failures();
        counter(&mut encoder, "store_errors", "Failed reads of the store", failures)?;
        let is_tampered = i64::from(self.cache.is_tampered());
        let help = "1 if the store failed verification, so that each request is looked up in it";
        gauge(&mut encoder, "store_tampered", help, is_tampered)?;
        let lost = self.log.lost();
        counter(
            &mut encoder,
            "log_lines_lost",
            "Log lines dropped because nothing read them in time",
            lost,
        )
    }
}

impl Metrics {
    fn sum(&self, of: impl Fn(&Counters) -> &AtomicU64) -> u64 {
        self.counters.iter().map(|counters| of(counters).load(Ordering::Relaxed)).sum()
    }

    fn decisions(&self, encoder: &mut DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let mut family =
            describe(encoder, "decisions", "Decisions by reason", MetricType::Counter)?;
        for (number, reason) in outcome_names().enumerate() {
            let count = self.sum(|counters| &counters.outcomes[number]);
            ConstCounter::new(count).encode(family.encode_family(&[("reason", reason)])?)?;
        }
        Ok(())
    }

    fn latencies(&self, encoder: &mut DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let bounds =
            LATENCY_BOUNDS.iter().map(|bound| *bound as f64 * 1_000.0 * SECONDS_PER_NANOSECOND);
        let buckets: Vec<(f64, u64)> = bounds
            .chain([f64::INFINITY])
            .enumerate()
            .map(|(number, bound)| (bound, self.sum(|counters| &counters.latencies[number])))
            .collect();
        let count = buckets.iter().map(|(_, count)| count).sum();
        let seconds = self.sum(|counters| &counters.nanoseconds) as f64 * SECONDS_PER_NANOSECOND;
        let help = "Time from the head of a request to its decision";
        describe(encoder, "decision_duration_seconds", help, MetricType::Histogram)?
            .encode_histogram::<[(&str, &str); 0]>(seconds, count, &buckets, None)
    }

    fn messages(&self, encoder: &mut DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let help =
            "Messages to apps by state: pending, and delivered or given up in the last 30 days";
        let mut family = describe(encoder, "webhook_messages", help, MetricType::Gauge)?;
        for (state, count) in self.outbox.counts() {
            ConstGauge::new(count).encode(family.encode_family(&[("state", state)])?)?;
        }
        Ok(())
    }

    fn credentials(&self, encoder: &mut DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let counts = CredentialCounts::of(&self.cache);
        let help = "Credentials by state";
        let mut family = describe(encoder, "credentials", help, MetricType::Gauge)?;
        for (state, count) in State::ALL.iter().zip(counts.by_state) {
            ConstGauge::new(count).encode(family.encode_family(&[("state", state.as_str())])?)?;
        }
        let help = "Expiry by id of the credentials that expire within 30 days, at most 10,000";
        let name = "credential_expiration_timestamp_seconds";
        let mut family = describe(encoder, name, help, MetricType::Gauge)?;
        for (expiry, id) in counts.expiring {
            let id = id.to_string();
            ConstGauge::new(expiry.unix()).encode(family.encode_family(&[("id", id.as_str())])?)?;
        }
        Ok(())
    }
}

fn describe<'e>(
    encoder: &'e mut DescriptorEncoder<'_>,
    name: &'e str,
    help: &str,
    kind: MetricType,
) -> Result<MetricEncoder<'e>, fmt::Error> {
    encoder.encode_descriptor(name, help, None, kind)
}

fn gauge<N>(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    value: N,
) -> Result<(), fmt::Error>
where
    ConstGauge<N>: EncodeMetric,
{
    ConstGauge::new(value).encode(describe(encoder, name, help, MetricType::Gauge)?)
}

fn counter(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    value: u64,
) -> Result<(), fmt::Error> {
    ConstCounter::new(value).encode(describe(encoder, name, help, MetricType::Counter)?)
}
