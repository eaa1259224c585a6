//! Reading secrets and keys: small files, named in errors by their setting.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use zeroize::Zeroizing;

use crate::error::Error;

/// More than any settings file, key or certificate chain needs.
const LARGEST: u64 = 1024 * 1024;

/// The whole file. The path stays out of errors: it may be the secret itself, given to the wrong setting.
pub(crate) fn read(path: &Path, setting: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut content = Zeroizing::new(Vec::new());
    File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut content))
        .map_err(|error| Error::io(setting, "cannot read the file", &error))?;
    if content.len() as u64 > LARGEST {
        return Err(Error::setting(setting, format!("the file is larger than {LARGEST} bytes")));
    }
    Ok(content)
}

/// A text of one line, without the newline that ends a text file.
pub(crate) fn read_line(path: &Path, setting: &str) -> Result<Zeroizing<String>, Error> {
    let content = read(path, setting)?;
    let text = std::str::from_utf8(&content).map_err(|_| Error::setting(setting, "the file is not text"))?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    Ok(Zeroizing::new(line.strip_suffix('\r').unwrap_or(line).to_owned()))
}
