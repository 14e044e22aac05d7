// A file of tables, kept by SQLite: statements are run one at a time, by one thread at a time.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// An open file. Released by `fm_tables_close`, after all its statements.
typedef struct fm_tables fm_tables;
/// A prepared statement. Released by `fm_statement_free`.
typedef struct fm_statement fm_statement;

typedef enum { FM_TABLES_READ = 0, FM_TABLES_WRITE = 1 } fm_tables_mode;

/// Opens a file of tables; for writing, the file is created if it does not exist. NULL if memory is
/// short. Otherwise, if *status is not 0, `fm_tables_message` of the result tells what is wrong.
fm_tables *_Nullable fm_tables_open(
    const char *_Nonnull path, fm_tables_mode mode, int *_Nonnull status);
void fm_tables_close(fm_tables *_Nullable tables);

/// Returns SQLite's message about the last call that failed; valid until the next call.
const char *_Nonnull fm_tables_message(fm_tables *_Nonnull tables);
int fm_tables_status(fm_tables *_Nonnull tables);

/// Whether a status means, in this order: that the file is not a file of tables, that it lacks the
/// tables that were asked for, that another program holds it, that it or its journal cannot be
/// opened as it should be, or that there is no room to write.
int fm_tables_is_foreign(int status);
int fm_tables_is_other(int status);
int fm_tables_is_busy(int status);
int fm_tables_cannot_open(int status);
int fm_tables_is_full(int status);

/// Runs statements that return no rows. Returns 0 when done.
int fm_tables_run(fm_tables *_Nonnull tables, const char *_Nonnull statements);

/// Prepares a statement; NULL if it is wrong, or names tables that do not exist.
fm_statement *_Nullable fm_statement_make(
    fm_tables *_Nonnull tables, const char *_Nonnull text);
void fm_statement_free(fm_statement *_Nullable statement);

/// Sets the values for the places marked ?, counted from 1. Texts and bytes are copied. Returns 0
/// when done.
int fm_statement_set_integer(fm_statement *_Nonnull statement, int place, int64_t value);
int fm_statement_set_number(fm_statement *_Nonnull statement, int place, double value);
int fm_statement_set_text(
    fm_statement *_Nonnull statement, int place, const char *_Nullable text, size_t count);
int fm_statement_set_bytes(
    fm_statement *_Nonnull statement, int place, const void *_Nullable bytes, size_t count);
int fm_statement_set_nothing(fm_statement *_Nonnull statement, int place);

typedef enum { FM_STEP_ROW = 1, FM_STEP_DONE = 0, FM_STEP_FAILED = -1 } fm_step;

/// Steps to the next row, if there is one. After the last one, and after a failure,
/// `fm_statement_reset` makes the statement ready for other values.
fm_step fm_statement_next(fm_statement *_Nonnull statement);
int fm_statement_status(fm_statement *_Nonnull statement);
void fm_statement_reset(fm_statement *_Nonnull statement);

typedef enum {
  FM_KIND_NOTHING = 0, FM_KIND_INTEGER = 1, FM_KIND_NUMBER = 2, FM_KIND_TEXT = 3,
  FM_KIND_BYTES = 4
} fm_kind;

int fm_statement_columns(fm_statement *_Nonnull statement);

/// Reads columns of the row, counted from 0. Texts and bytes are lent until the next call.
fm_kind fm_statement_kind(fm_statement *_Nonnull statement, int column);
int64_t fm_statement_integer(fm_statement *_Nonnull statement, int column);
double fm_statement_number(fm_statement *_Nonnull statement, int column);
const void *_Nullable fm_statement_bytes(
    fm_statement *_Nonnull statement, int column, size_t *_Nonnull count);
