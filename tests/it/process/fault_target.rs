//! Injects faults into the system calls of a program, with `strace -e inject`.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use crate::support::{
    process::{
        GATEPASS, ProcessOutput, TestHome, finish_within, in_parallel, is_full, print_figure,
    },
    test_env::words,
};

/// The system calls that concern the store, the key, files of secrets or output. Not `getrandom`, which never fails on
/// Linux.
const CALLS: &str = "openat,read,write,pread64,pwrite64,fsync,fdatasync,ftruncate,fallocate,rename,renameat2,\
    unlink,unlinkat,link,linkat,mkdir,mkdirat,fcntl,close,fchmod,chmod,fchown,mmap,munmap,statx,newfstatat,readlink,flock,getdents64";
/// Of how many injections one is tried below the full level.
const STRIDE: usize = 5;
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// A system call: its name, and its number among the calls of that name.
pub type SyscallSite = (String, usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Kill,
    Io,
    NoSpace,
}

impl Fault {
    fn text(self) -> &'static str {
        match self {
            Self::Kill => "signal=KILL",
            Self::Io => "error=EIO",
            Self::NoSpace => "error=ENOSPC",
        }
    }
}

/// A program under faults, and the check of what it leaves behind.
pub struct FaultTarget<'s> {
    pub program: &'s str,
    pub arguments: Vec<String>,
    pub initial_home: &'s TestHome,
    pub check: &'s FaultCheck<'s>,
}

/// Returns what is wrong with the home that a run with a fault left behind.
pub type FaultCheck<'s> =
    dyn Fn(&TestHome, &ProcessOutput, Fault) -> Result<(), String> + Sync + 's;

impl<'s> FaultTarget<'s> {
    /// Returns `gatepass` with the words of `line`.
    pub fn gatepass(line: &str, initial_home: &'s TestHome, check: &'s FaultCheck<'s>) -> Self {
        let arguments = words(line).into_iter().map(|word| word.into_string().unwrap()).collect();
        Self { program: GATEPASS, arguments, initial_home, check }
    }

    /// Injects faults at the system calls and panics if anything is wrong. `name` is the name of the figure.
    pub fn assert_sound(&self, name: &str) {
        let start = Instant::now();
        let (count, wrong) = self.sweep(if is_full() { 1 } else { STRIDE });
        print_figure(&format!(
            "faults: {name}: {count} in {:?}, {} wrong",
            start.elapsed(),
            wrong.len()
        ));
        assert!(
            wrong.is_empty(),
            "{} of {count}:\n{}",
            wrong.len(),
            wrong[..wrong.len().min(10)].join("\n")
        );
    }

    fn traced(
        &self,
        home: &TestHome,
        log: &Path,
        inject: Option<(&SyscallSite, Fault)>,
    ) -> Command {
        let mut command = home.strace();
        command.args(["-f", "-qq", "-o"]).arg(log);
        match inject {
            Some(((call, when), fault)) => {
                command.arg(format!("-einject={call}:{}:when={when}", fault.text()));
                command.arg(format!("-etrace={call}"));
            }
            None => drop(command.arg(format!("-etrace={}", CALLS.replace(' ', "")))),
        }
        command.arg("--").arg(self.program).args(&self.arguments);
        command
    }

    /// Returns the system calls of a run without faults, from the first that concerns the home directory.
    fn syscall_sites(&self) -> Vec<SyscallSite> {
        let (home, log) = (self.initial_home.copy(), TestHome::new());
        let log = log.path("strace.log");
        let output = finish_within(self.traced(&home, &log, None).spawn().unwrap(), TIMEOUT);
        assert_eq!(
            output.code,
            Some(0),
            "strace must be able to trace (allow ptrace: sysctl kernel.yama.ptrace_scope=1, or run the container \
             with --cap-add SYS_PTRACE; who is not root needs user namespaces, too: sysctl \
             kernel.unprivileged_userns_clone=1): {output:?}"
        );
        let (mut counts, mut sites, mut is_ours) = (BTreeMap::new(), Vec::new(), false);
        for line in fs::read_to_string(&log).unwrap().lines() {
            let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
            let Some((name, rest)) = call.split_once('(') else { continue };
            let count: &mut usize = counts.entry(name.to_owned()).or_default();
            *count += 1;
            is_ours |= rest.contains(home.root().to_str().unwrap());
            if is_ours {
                sites.push((name.to_owned(), *count));
            }
        }
        sites
    }

    fn inject(&self, site: &SyscallSite, fault: Fault) -> Result<(), String> {
        let (home, log) = (self.initial_home.copy(), TestHome::new());
        let log = log.path("strace.log");
        let output =
            finish_within(self.traced(&home, &log, Some((site, fault))).spawn().unwrap(), TIMEOUT);
        let describe = |why: String| format!("{site:?} {fault:?}: {why}\n  {output:?}");
        if output.has_panicked() {
            return Err(describe("it panicked".to_owned()));
        }
        (self.check)(&home, &output, fault).map_err(describe)
    }

    /// Injects faults at the system calls; returns how many it tried, and what was wrong.
    pub fn sweep(&self, stride: usize) -> (usize, Vec<String>) {
        let sites = self.syscall_sites();
        assert!(sites.len() > 3, "too few system calls were seen: {sites:?}");
        let faults = sites.iter().flat_map(|site| {
            let writes = site.0.contains("write") || site.0 == "openat" || site.0 == "ftruncate";
            let full = writes.then_some((site, Fault::NoSpace));
            [(site, Fault::Kill), (site, Fault::Io)].into_iter().chain(full)
        });
        let faults: Vec<_> = faults.step_by(stride).collect();
        let done = in_parallel(&faults, |(site, fault)| self.inject(site, *fault));
        (faults.len(), done.into_iter().filter_map(Result::err).collect())
    }
}

pub fn ensure(is_right: bool, what: &str) -> Result<(), String> {
    if is_right { Ok(()) } else { Err(what.to_owned()) }
}
