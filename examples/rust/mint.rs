//! Mints a token with which user 42 joins the channel "room" and publishes, good for one hour, and prints it.
//! Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.

use std::env::var;
use std::error::Error;

use agora_token::{Credentials, Role, Stamp, builder};

fn main() -> Result<(), Box<dyn Error>> {
    let credentials = Credentials::new(&var("AGORA_APP_ID")?, &var("AGORA_APP_CERTIFICATE")?)?;
    let token = builder::build_token2_with_uid(&credentials, "room", 42, Role::Publisher, 3600, 0, Stamp::now()?)?;
    println!("{token}");
    Ok(())
}
