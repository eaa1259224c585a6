//! What the process uses of the system, where the system tells.

/// As Prometheus wants it.
pub(crate) struct Usage {
    pub(crate) cpu_seconds: f64,
    /// Unix seconds.
    pub(crate) started_at: f64,
    pub(crate) resident_bytes: f64,
    pub(crate) threads: f64,
    pub(crate) open_files: f64,
    pub(crate) most_files: f64,
}

#[cfg(target_os = "linux")]
pub(crate) fn usage() -> Option<Usage> {
    use procfs::process::{LimitValue, Process};
    use procfs::{CurrentSI, KernelStats, WithCurrentSystemInfo};

    let process = Process::myself().ok()?;
    let stat = process.stat().ok()?;
    let ticks = procfs::ticks_per_second() as f64;
    let most_files = match process.limits().ok()?.max_open_files.soft_limit {
        LimitValue::Value(most) => most as f64,
        LimitValue::Unlimited => f64::INFINITY,
    };
    Some(Usage {
        cpu_seconds: (stat.utime + stat.stime) as f64 / ticks,
        started_at: KernelStats::current().ok()?.btime as f64 + stat.starttime as f64 / ticks,
        resident_bytes: stat.rss_bytes().get() as f64,
        threads: stat.num_threads as f64,
        open_files: process.fd_count().ok()? as f64,
        most_files,
    })
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn usage() -> Option<Usage> {
    None
}
