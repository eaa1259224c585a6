//! What the process uses of the system, where the system tells.

/// Seconds of the processor, and gauges by the names that Prometheus gives them everywhere, with meaning and value.
type Usage = (f64, [(&'static str, &'static str, f64); 5]);

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
    let started_at = KernelStats::current().ok()?.btime as f64 + stat.starttime as f64 / ticks;
    Some((
        (stat.utime + stat.stime) as f64 / ticks,
        [
            ("process_start_time_seconds", "When the process started", started_at),
            ("process_resident_memory_bytes", "Memory in use", stat.rss_bytes().get() as f64),
            ("process_threads", "Threads", stat.num_threads as f64),
            ("process_open_fds", "File descriptors in use", process.fd_count().ok()? as f64),
            ("process_max_fds", "File descriptors that may be open", most_files),
        ],
    ))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn usage() -> Option<Usage> {
    None
}
