//! Reading secrets and keys: small files, named in errors by their setting.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use agora_token::without_newline;
use zeroize::Zeroizing;

use crate::error::Error;

/// More than any settings file, key or certificate chain needs.
const LARGEST: u64 = 1024 * 1024;

/// The whole file. The path stays out of errors: it may be the secret itself, given to the wrong setting.
pub(crate) fn read(path: impl AsRef<Path>, setting: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut content = Zeroizing::new(Vec::new());
    File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut content))
        .map_err(|error| Error::io(setting, "cannot read the file", &error))?;
    if content.len() as u64 > LARGEST {
        return Err(Error::setting(setting, format!("the file is larger than {LARGEST} bytes")));
    }
    Ok(content)
}

/// The same without the newline that ends a text file.
pub(crate) fn read_line(path: impl AsRef<Path>, setting: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut content = read(path, setting)?;
    let length = without_newline(&content).len();
    content.truncate(length);
    if std::str::from_utf8(&content).is_err() {
        return Err(Error::setting(setting, "the file is not text"));
    }
    Ok(content)
}
