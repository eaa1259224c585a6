/* A table of texts and numbers as a stream of the Arrow C data interface, written out by hand, and what comes back read.
 * C and C++ alike. */
#ifndef ARROW_TABLE_H
#define ARROW_TABLE_H

#include <agora_token.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Three rows, of which the table gives so many batches: channel "room", "hall" and null; uid 42, 0 and 7. */
enum { TABLE_ROWS = 3 };

static const char table_channels[] = "roomhall";
static const int32_t table_offsets[TABLE_ROWS + 1] = {0, 4, 8, 8};
static const uint8_t table_has_channel[1] = {0x3};
static const uint32_t table_uids[TABLE_ROWS] = {42, 0, 7};

/* How many structures of tables are out; none are when all was released. */
static int table_open;

static void table_release_schema(struct ArrowSchema *schema)
{
    for (int64_t child = 0; child < schema->n_children; child++) {
        if (schema->children[child]->release != NULL)
            schema->children[child]->release(schema->children[child]);
        free(schema->children[child]);
    }
    free(schema->children);
    schema->release = NULL;
    table_open--;
}

static void table_release_array(struct ArrowArray *array)
{
    for (int64_t child = 0; child < array->n_children; child++) {
        if (array->children[child]->release != NULL)
            array->children[child]->release(array->children[child]);
        free(array->children[child]);
    }
    free(array->children);
    free(array->buffers);
    array->release = NULL;
    table_open--;
}

static void table_describe(struct ArrowSchema *schema, const char *format, const char *name, int64_t n_children)
{
    memset(schema, 0, sizeof *schema);
    schema->format = format;
    schema->name = name;
    schema->flags = ARROW_FLAG_NULLABLE;
    schema->n_children = n_children;
    schema->children = (struct ArrowSchema **)calloc((size_t)n_children + 1, sizeof *schema->children);
    for (int64_t child = 0; child < n_children; child++)
        schema->children[child] = (struct ArrowSchema *)calloc(1, sizeof **schema->children);
    schema->release = table_release_schema;
    table_open++;
}

static void table_hold(struct ArrowArray *array, int64_t n_buffers, int64_t n_children)
{
    memset(array, 0, sizeof *array);
    array->length = TABLE_ROWS;
    array->n_buffers = n_buffers;
    array->n_children = n_children;
    array->buffers = (const void **)calloc((size_t)n_buffers, sizeof *array->buffers);
    array->children = (struct ArrowArray **)calloc((size_t)n_children + 1, sizeof *array->children);
    for (int64_t child = 0; child < n_children; child++)
        array->children[child] = (struct ArrowArray *)calloc(1, sizeof **array->children);
    array->release = table_release_array;
    table_open++;
}

/* The names of the two columns, and how many batches are left. */
typedef struct {
    const char *channel, *uid;
    int left;
} table_state;

static int table_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    const table_state *state = (const table_state *)stream->private_data;
    table_describe(out, "+s", "", 2);
    table_describe(out->children[0], "u", state->channel, 0);
    table_describe(out->children[1], "I", state->uid, 0);
    return 0;
}

static int table_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    table_state *state = (table_state *)stream->private_data;
    if (state->left < 0)
        return EIO;
    if (state->left-- == 0) {
        state->left = 0;
        memset(out, 0, sizeof *out);
        return 0;
    }
    table_hold(out, 1, 2);
    table_hold(out->children[0], 3, 0);
    out->children[0]->null_count = 1;
    out->children[0]->buffers[0] = table_has_channel;
    out->children[0]->buffers[1] = table_offsets;
    out->children[0]->buffers[2] = table_channels;
    table_hold(out->children[1], 2, 0);
    out->children[1]->buffers[1] = table_uids;
    return 0;
}

static const char *table_get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return "the disk is gone";
}

static void table_release(struct ArrowArrayStream *stream)
{
    free(stream->private_data);
    stream->release = NULL;
    table_open--;
}

/* A stream of so many batches; with fewer than none it fails. */
static struct ArrowArrayStream table_stream(const char *channel, const char *uid, int batches)
{
    struct ArrowArrayStream stream;
    table_state *state = (table_state *)malloc(sizeof *state);
    state->channel = channel;
    state->uid = uid;
    state->left = batches;
    stream.get_schema = table_get_schema;
    stream.get_next = table_get_next;
    stream.get_last_error = table_get_last_error;
    stream.release = table_release;
    stream.private_data = state;
    table_open++;
    return stream;
}

/* The text of a row in a column of texts, which is not ended by a NUL; NULL for a null. */
static const char *table_text(const struct ArrowArray *column, int64_t row, size_t *size)
{
    const uint8_t *valid = (const uint8_t *)column->buffers[0];
    const int32_t *offsets = (const int32_t *)column->buffers[1] + column->offset;
    const int64_t at = row + column->offset;
    if (valid != NULL && (valid[at / 8] >> (at % 8) & 1) == 0)
        return NULL;
    *size = (size_t)(offsets[row + 1] - offsets[row]);
    return (const char *)column->buffers[2] + offsets[row];
}

#endif
