//! How much memory this process has and had, as the system tells it.

use std::fs;

/// The memory of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessMemory {
    /// What is in memory now, in bytes.
    pub resident: u64,
    /// The most that ever was at once since the process began, in bytes.
    pub peak: u64,
}

impl ProcessMemory {
    /// That of this process; nothing where the system has no `/proc/self/status`, as only
    /// Linux has. Takes some ten microseconds.
    ///
    /// The peak is not set back for each stage, though Linux could do that: then who asks the
    /// system for the peak of the process would be told that of its last stage.
    #[must_use]
    pub fn now() -> Option<Self> {
        Self::parse(&fs::read_to_string("/proc/self/status").ok()?)
    }

    fn parse(status: &str) -> Option<Self> {
        let bytes = |key: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(key))?;
            let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
            kibibytes.checked_mul(1_024)
        };
        Some(Self { resident: bytes("VmRSS:")?, peak: bytes("VmHWM:")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_where_there_is_some() {
        let status = "VmPeak:\t 9 kB\nVmHWM:\t    1234 kB\nVmRSS:\t 1000 kB\n";
        let memory = ProcessMemory { resident: 1_024_000, peak: 1_263_616 };
        assert_eq!(ProcessMemory::parse(status), Some(memory));
        for (resident, peak) in [("", "1 kB"), ("x kB", "1 kB"), ("1 kB", "1 MB"), ("1 kB", "")] {
            let status = format!("VmHWM: {peak}\nVmRSS: {resident}\n");
            assert_eq!(ProcessMemory::parse(&status), None, "{status}");
        }
    }
}
