//! The program itself, beside the bench.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// A server as a process of its own. To drop it ends it.
pub(crate) struct Server {
    child: Child,
    /// Where it answers calls.
    pub(crate) calls: String,
    /// Where it is administered.
    pub(crate) admin: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is the bench's own, and nobody waits for its answers.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Serves that dataset.
    pub(crate) fn start(dataset: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_luwang"))
            .arg("serve")
            .arg(dataset)
            .args(["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--log", "error"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let mut address = |ending: &str| {
            let line = lines.next().expect("it says where it listens").expect("it is text");
            let address = line.strip_prefix("listening on ").expect("it says so first");
            format!("http://{}", address.strip_suffix(ending).expect("it says for what"))
        };
        let (calls, admin) = (address(""), address(" for administration"));
        Self { child, calls, admin }
    }

    /// Its memory, in MiB, where the system tells.
    pub(crate) fn memory_mib(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kib / 1_024)
    }
}
