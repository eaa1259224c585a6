// Tables of the Arrow C data interface from C++; what becomes of their rows, tests/c/arrow_test.c checks.
#include "../c/arrow_table.h"
#include "check.hpp"
#include "samples.hpp"

#include <chrono>
#include <string>

using agora::ConfigurationError;
using agora::InputError;
using agora::Issuer;
using agora::Role;
using agora::RowDefaults;
using namespace std::chrono_literals;

int main() {
  const Issuer issuer(APP_ID, APP_CERTIFICATE);

  CASE("rows come out with their tokens") {
    ArrowArrayStream rows = table_stream("channel", "uid", 1);
    RowDefaults defaults;
    defaults.channel = "lobby";
    defaults.role = Role::subscriber;
    defaults.services = "rtc+rtm";
    defaults.lifetime = 10min;
    agora::ArrowRows tokens = issuer.issue_arrow(&rows, defaults);
    CHECK(rows.release == nullptr);
    ArrowArray batch;
    CHECK(tokens.stream()->get_next(tokens.stream(), &batch) == 0);
    std::size_t size = 0;
    const char *token = table_text(batch.children[2], 2, &size);
    const agora::Verifier verifier(agora::Credentials(APP_ID, APP_CERTIFICATE));
    verifier.verify(std::string(token, size), agora::Expected().channel("lobby").uid(7));
    CHECK(table_text(batch.children[2], 1, &size) == nullptr);
    batch.release(&batch);
  };
  CHECK(table_open == 0);

  CASE("a stream is moved to whoever takes it") {
    ArrowArrayStream rows = table_stream("channel", "uid", 1);
    ArrowArrayStream taken{};
    issuer.issue_arrow(&rows).move_to(&taken);
    ArrowArray batch;
    CHECK(taken.get_next(&taken, &batch) == 0 && batch.length == TABLE_ROWS);
    batch.release(&batch);
    taken.release(&taken);
    CHECK(table_open == 0);
  };

  CASE("what cannot be used is thrown") {
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "rows", "rows is NULL", issuer.issue_arrow(nullptr));
    ArrowArrayStream rows = table_stream("channel", "user", 1);
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_UNKNOWN_OPTION, "", "neither uid nor account",
                  issuer.issue_arrow(&rows));
    rows = table_stream("channel", "uid", 1);
    RowDefaults defaults;
    defaults.channel = "*";
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_CHANNEL_NAME, "channel", "any channel",
                  issuer.issue_arrow(&rows, defaults));
    rows = table_stream("channel", "uid", 1);
    defaults = {};
    defaults.lifetime = 0s;
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_TOKEN_EXPIRE_ZERO, "lifetime", "",
                  issuer.issue_arrow(&rows, defaults));
    CHECK(table_open == 0);
  };
  return check::report();
}
