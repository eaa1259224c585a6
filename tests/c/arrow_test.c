/* Tables of the Arrow C data interface: each row comes out with its token or its error. */
#include "arrow_table.h"
#include "check.h"
#include "sample.h"

static agora_issuer *issuer;

/* The columns that come out. */
enum { CHANNEL, UID, TOKEN, ISSUED_AT, EXPIRES_AT, REFRESH_AFTER, ERROR, COLUMNS };

static bool is_null(const struct ArrowArray *column, int64_t row)
{
    size_t size = 0;
    return table_text(column, row, &size) == NULL;
}

static void verify(const struct ArrowArray *column, int64_t row, const char *channel, uint32_t uid)
{
    size_t size = 0;
    const char *text = table_text(column, row, &size);
    agora_verifier *verifier = NULL;
    agora_expected *expected = NULL;
    char token[2048];
    if (!CHECK(text != NULL && size < sizeof token))
        return;
    memcpy(token, text, size);
    token[size] = '\0';
    CHECK_OK(agora_verifier_new(APP_ID, CERTIFICATE, &verifier, NULL));
    CHECK_OK(agora_expected_new(&expected));
    CHECK_OK(agora_expected_set_channel(expected, channel, NULL));
    CHECK_OK(agora_expected_set_uid(expected, uid));
    CHECK_OK(agora_verifier_verify(verifier, token, expected, NULL));
    agora_expected_free(expected);
    agora_verifier_free(verifier);
}

static void check_error(const struct ArrowArray *column, int64_t row, const char *start)
{
    size_t size = 0;
    const char *text = table_text(column, row, &size);
    CHECK(text != NULL && size > strlen(start) && strncmp(text, start, strlen(start)) == 0);
}

static void rows_come_out_with_their_tokens(void)
{
    static const char *const names[COLUMNS] = {"channel",    "uid",           "token", "issued_at",
                                               "expires_at", "refresh_after", "error"};
    struct ArrowArrayStream rows = table_stream("channel", "uid", 2), tokens;
    struct ArrowSchema schema;
    struct ArrowArray batch;
    CHECK_OK(agora_issuer_issue_arrow(issuer, &rows, NULL, 0, NULL, 600, 1, &tokens, NULL));
    CHECK(rows.release == NULL);
    CHECK(tokens.get_schema(&tokens, &schema) == 0);
    CHECK(schema.n_children == COLUMNS);
    for (int column = 0; column < COLUMNS; column++)
        CHECK_TEXT(names[column], schema.children[column]->name);
    CHECK_TEXT("u", schema.children[TOKEN]->format);
    CHECK_TEXT("l", schema.children[EXPIRES_AT]->format);
    schema.release(&schema);
    for (int count = 0; count < 2; count++) {
        CHECK(tokens.get_next(&tokens, &batch) == 0);
        CHECK(batch.release != NULL && batch.length == TABLE_ROWS && batch.n_children == COLUMNS);
        verify(batch.children[TOKEN], 0, "room", 42);
        CHECK(is_null(batch.children[ERROR], 0));
        CHECK(is_null(batch.children[TOKEN], 1) && is_null(batch.children[TOKEN], 2));
        check_error(batch.children[ERROR], 1, "INVALID_UID: uid is 0");
        check_error(batch.children[ERROR], 2, "INVALID_CHANNEL_NAME: channel is left out");
        const int64_t *const issued_at = (const int64_t *)batch.children[ISSUED_AT]->buffers[1];
        const int64_t *const expires_at = (const int64_t *)batch.children[EXPIRES_AT]->buffers[1];
        CHECK(expires_at[0] - issued_at[0] == 600 && batch.children[EXPIRES_AT]->null_count == 2);
        /* What was passed through is the table's own. */
        CHECK(batch.children[UID]->buffers[1] == table_uids);
        batch.release(&batch);
    }
    CHECK(tokens.get_next(&tokens, &batch) == 0 && batch.release == NULL);
    tokens.release(&tokens);
    CHECK(table_open == 0);
}

static void rows_get_what_they_leave_out(void)
{
    struct ArrowArrayStream rows = table_stream("channel", "uid", 1), tokens;
    struct ArrowArray batch;
    CHECK_OK(agora_issuer_issue_arrow(issuer, &rows, "lobby", AGORA_ROLE_SUBSCRIBER, "rtc+rtm", 0, 0, &tokens, NULL));
    CHECK(tokens.get_next(&tokens, &batch) == 0);
    verify(batch.children[TOKEN], 2, "lobby", 7);
    batch.release(&batch);
    tokens.release(&tokens);
    CHECK(table_open == 0);
}

static void what_cannot_be_used_is_refused(void)
{
    static const struct {
        const char *channel, *uid, *reason;
    } tables[] = {
        {"channel", "UID2", "in the table UID2 is no column; uid is one, and another name must differ by more"},
        {"channel", "user", "the table names neither uid nor account"},
        {"uid", "channel", "the column channel is of type UInt32; texts expected"},
        {"uid", "Uid", "the table names the column uid twice"},
        {"token", "uid", "the table has a column token, which is for the output: rename or remove it"},
        {"room", "uid", "the table names no column channel, and there is no default channel for all rows"},
    };
    struct ArrowArrayStream tokens;
    agora_refusal refusal;
    for (size_t index = 0; index < sizeof tables / sizeof *tables; index++) {
        struct ArrowArrayStream rows = table_stream(tables[index].channel, tables[index].uid, 1);
        memset(&tokens, 0, sizeof tokens);
        CHECK_STATUS(AGORA_ERROR_UNKNOWN_OPTION,
                     agora_issuer_issue_arrow(issuer, &rows, NULL, 0, NULL, 0, 0, &tokens, &refusal));
        CHECK_TEXT(tables[index].reason, refusal.reason);
        CHECK_TEXT("", refusal.field);
        CHECK(rows.release == NULL && tokens.release == NULL && table_open == 0);
    }
}

static void arguments_are_checked(void)
{
    struct ArrowArrayStream rows = table_stream("channel", "uid", 1), tokens;
    agora_refusal refusal;
    CHECK_STATUS(AGORA_ERROR_NULL_ARGUMENT,
                 agora_issuer_issue_arrow(NULL, &rows, NULL, 0, NULL, 0, 0, &tokens, &refusal));
    CHECK_TEXT("issuer", refusal.field);
    CHECK_STATUS(AGORA_ERROR_NULL_ARGUMENT,
                 agora_issuer_issue_arrow(issuer, NULL, NULL, 0, NULL, 0, 0, &tokens, &refusal));
    CHECK_TEXT("rows", refusal.field);
    CHECK_STATUS(AGORA_ERROR_NULL_ARGUMENT,
                 agora_issuer_issue_arrow(issuer, &rows, NULL, 0, NULL, 0, 0, NULL, &refusal));
    CHECK_TEXT("out_rows", refusal.field);
    CHECK(rows.release != NULL);
    rows.release(&rows);
    CHECK_STATUS(AGORA_ERROR_UNKNOWN_OPTION,
                 agora_issuer_issue_arrow(issuer, &rows, NULL, 0, NULL, 0, 0, &tokens, NULL));

    static const struct {
        const char *channel;
        uint32_t role;
        const char *services;
        uint32_t lifetime;
        agora_status status;
        const char *field;
    } defaults[] = {
        {"*", 0, NULL, 0, AGORA_ERROR_INVALID_CHANNEL_NAME, "channel"},
        {NULL, 3, NULL, 0, AGORA_ERROR_INVALID_ROLE, "role"},
        {"\xff", 0, NULL, 0, AGORA_ERROR_INVALID_UTF8, "channel"},
        {NULL, 0, "rtx", 0, AGORA_ERROR_UNKNOWN_OPTION, "row_services"},
        {NULL, 0, "", 0, AGORA_ERROR_NO_SERVICES, "row_services"},
        {NULL, 0, "\xff", 0, AGORA_ERROR_INVALID_UTF8, "row_services"},
        {NULL, 0, NULL, 90000, AGORA_ERROR_LIFETIME_OVER_A_DAY, "lifetime"},
        {NULL, 0, NULL, 1700000000, AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, "lifetime"},
    };
    for (size_t index = 0; index < sizeof defaults / sizeof *defaults; index++) {
        rows = table_stream("channel", "uid", 1);
        CHECK_STATUS(defaults[index].status, agora_issuer_issue_arrow(issuer, &rows, defaults[index].channel,
                                                                      defaults[index].role, defaults[index].services,
                                                                      defaults[index].lifetime, 0, &tokens, &refusal));
        CHECK_TEXT(defaults[index].field, refusal.field);
        CHECK(rows.release == NULL && table_open == 0);
    }
}

static void a_table_that_fails_says_why(void)
{
    struct ArrowArrayStream rows = table_stream("channel", "uid", -1), tokens;
    struct ArrowArray batch;
    CHECK_OK(agora_issuer_issue_arrow(issuer, &rows, NULL, 0, NULL, 0, 0, &tokens, NULL));
    CHECK(tokens.get_next(&tokens, &batch) != 0);
    CHECK(strstr(tokens.get_last_error(&tokens), "the disk is gone") != NULL);
    tokens.release(&tokens);
    CHECK(table_open == 0);
}

static int dictionary_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    static struct ArrowSchema texts = {.format = "u", .name = "", .release = table_release_schema};
    table_get_schema(stream, out);
    out->children[0]->format = "c";
    out->children[0]->dictionary = &texts;
    return 0;
}

/* The channels are numbers of "room" and "hall", which have no third and none below the first. */
static int dictionary_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    static const int8_t numbers[TABLE_ROWS] = {0, 2, -1};
    static const void *buffers[] = {NULL, table_offsets, table_channels};
    static struct ArrowArray texts = {.length = 2, .n_buffers = 3, .buffers = buffers, .release = table_release_array};
    table_get_next(stream, out);
    if (out->release == NULL)
        return 0;
    out->children[0]->null_count = 0;
    out->children[0]->n_buffers = 2;
    out->children[0]->buffers[0] = NULL;
    out->children[0]->buffers[1] = numbers;
    out->children[0]->dictionary = &texts;
    return 0;
}

static void a_number_that_its_dictionary_lacks_is_no_value(void)
{
    struct ArrowArrayStream rows = table_stream("channel", "uid", 1), tokens;
    struct ArrowArray batch;
    rows.get_schema = dictionary_get_schema;
    rows.get_next = dictionary_get_next;
    CHECK_OK(agora_issuer_issue_arrow(issuer, &rows, "lobby", 0, NULL, 0, 0, &tokens, NULL));
    CHECK(tokens.get_next(&tokens, &batch) == 0);
    verify(batch.children[TOKEN], 0, "room", 42);
    for (int64_t row = 1; row < TABLE_ROWS; row++) {
        CHECK(is_null(batch.children[TOKEN], row));
        check_error(batch.children[ERROR], row, "INVALID_ROW: channel is not in its");
    }
    batch.release(&batch);
    tokens.release(&tokens);
    CHECK(table_open == 0);
}

int main(void)
{
    CHECK_OK(agora_issuer_new(APP_ID, CERTIFICATE, &issuer, NULL));
    case_begin("rows come out with their tokens");
    rows_come_out_with_their_tokens();
    case_begin("rows get what they leave out");
    rows_get_what_they_leave_out();
    case_begin("what cannot be used is refused");
    what_cannot_be_used_is_refused();
    case_begin("arguments are checked");
    arguments_are_checked();
    case_begin("a table that fails says why");
    a_table_that_fails_says_why();
    case_begin("a number that its dictionary lacks is no value");
    a_number_that_its_dictionary_lacks_is_no_value();
    case_begin("rows outlive their issuer");
    struct ArrowArrayStream rows = table_stream("channel", "uid", 1), tokens;
    struct ArrowArray batch;
    CHECK_OK(agora_issuer_issue_arrow(issuer, &rows, NULL, 0, NULL, 0, 0, &tokens, NULL));
    agora_issuer_free(issuer);
    CHECK(tokens.get_next(&tokens, &batch) == 0);
    verify(batch.children[TOKEN], 0, "room", 42);
    tokens.release(&tokens);
    /* Its columns outlive the stream. */
    verify(batch.children[TOKEN], 0, "room", 42);
    batch.release(&batch);
    CHECK(table_open == 0);
    return summary();
}
