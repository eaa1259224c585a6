//! What is raced.

use std::cell::{Cell, RefCell};
use std::hint::black_box;

use agora_token::{
    Channel, Credentials, Error, Grant, Issuer, Lifetime, Role, Stamp, UnixTime, UnverifiedToken2, User, builder,
};
use anyhow::{Result, anyhow, bail, ensure};

use agora_token_bench::floor::floor;
use agora_token_bench::inputs::{APP_CERTIFICATE, APP_ID, Input, LIFETIME, inputs};

pub(crate) struct Tasks {
    inputs: Vec<Input>,
    next: Cell<usize>,
    tokens: Vec<String>,
    credentials: Credentials,
    issuer: Issuer,
    block: RefCell<[u8; 64]>,
}

impl Tasks {
    pub(crate) const NAMES: [&str; 8] =
        ["floor", "mint-007", "issue-007", "mint-006", "verify-007", "batch-007", "threads-1", "threads-2"];

    pub(crate) fn new() -> Result<Tasks> {
        let inputs = inputs();
        let tokens = inputs.iter().map(mint_007).collect::<Result<_, _>>()?;
        let credentials = Credentials::new(APP_ID, APP_CERTIFICATE)?;
        let issuer = Issuer::new(credentials.clone());
        Ok(Tasks { inputs, next: Cell::new(0), tokens, credentials, issuer, block: RefCell::new([1; 64]) })
    }

    /// Something that depends on all that was done.
    pub(crate) fn run(&self, task: &str, count: usize) -> Result<usize> {
        Ok(match task {
            "floor" => (0..count).map(|_| floor(black_box(&mut self.block.borrow_mut()))).sum(),
            "mint-007" => self.each(count, |input, _| mint_007(input).map(|token| token.len()))?,
            "mint-006" => self.each(count, |input, _| mint_006(input).map(|token| token.len()))?,
            "issue-007" => self.each(count, |input, _| issue(&self.issuer, input))?,
            "verify-007" => self.each(count, |_, token| {
                let token = UnverifiedToken2::parse(token)?;
                token.verify_signature(&self.credentials.app_certificate)?;
                Ok(usize::from(token.expires_at() > UnixTime::from_secs(0)))
            })?,
            "batch-007" => self.batch(count)?,
            "threads-1" => self.threads(1, count)?,
            "threads-2" => self.threads(2, count)?,
            _ => bail!("no such task: {task}"),
        })
    }

    fn each(&self, count: usize, work: impl Fn(&Input, &str) -> Result<usize, Error>) -> Result<usize, Error> {
        let mut at = self.next.get();
        let mut sum = 0;
        for _ in 0..count {
            sum += work(&self.inputs[at], &self.tokens[at])?;
            at = (at + 1) % self.inputs.len();
        }
        self.next.set(at);
        Ok(sum)
    }

    fn batch(&self, count: usize) -> Result<usize> {
        let inputs = self.inputs.iter().cycle().skip(self.skipped(count)).take(count);
        let grants = inputs.map_while(|input| grant(input).ok());
        let mut made = 0;
        let issued = self.issuer.issue_many(grants).inspect(|_| made += 1);
        let sum = issued.map(|issued| issued.map(|issued| issued.token.len())).sum::<Result<_, _>>()?;
        ensure!(made == count, "a grant of the batch was refused");
        Ok(sum)
    }

    /// `count` tokens by each of so many threads, which share an issuer.
    fn threads(&self, threads: usize, count: usize) -> Result<usize> {
        let skipped = self.skipped(count);
        std::thread::scope(|scope| {
            let work = |thread: usize| {
                let inputs = self.inputs.iter().cycle().skip(skipped + thread).take(count);
                let issuer = &self.issuer;
                move || inputs.map(|input| issue(issuer, input)).sum::<Result<usize, Error>>()
            };
            let running: Vec<_> = (0..threads).map(|thread| scope.spawn(work(thread))).collect();
            let sums = running.into_iter().map(|thread| thread.join().map_err(|_| anyhow!("a thread panicked")));
            sums.map(|sum| Ok(sum??)).sum()
        })
    }

    /// How many inputs turns before took: each begins where the last one ended.
    fn skipped(&self, count: usize) -> usize {
        let at = self.next.get();
        self.next.set((at + count) % self.inputs.len());
        at
    }
}

/// Without anything kept from one token to the next.
fn mint_007(input: &Input) -> Result<String, Error> {
    let credentials = Credentials::new(black_box(APP_ID), black_box(APP_CERTIFICATE))?;
    let Input { channel_name, uid } = input;
    let role = Role::Publisher;
    builder::build_token2_with_uid(&credentials, channel_name, *uid, role, LIFETIME, LIFETIME, Stamp::now()?)
}

fn mint_006(input: &Input) -> Result<String, Error> {
    let credentials = Credentials::new(black_box(APP_ID), black_box(APP_CERTIFICATE))?;
    let stamp = Stamp::now()?;
    let Input { channel_name, uid } = input;
    let expired_ts = stamp.issue_ts.wrapping_add(LIFETIME);
    builder::build_token_with_uid(&credentials, channel_name, *uid, Role::Publisher.into(), expired_ts, stamp)
}

fn issue(issuer: &Issuer, input: &Input) -> Result<usize, Error> {
    issuer.issue(&grant(input)?).map(|issued| issued.token.len())
}

fn grant(input: &Input) -> Result<Grant<'_>, Error> {
    let grant = Grant::rtc(Channel::named(&input.channel_name)?, User::uid(input.uid)?, Role::Publisher);
    Ok(grant.lifetime(Lifetime::from_secs(LIFETIME)?))
}
