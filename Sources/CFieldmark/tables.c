#include "tables.h"

#include <sqlite3.h>
#include <stdlib.h>

struct fm_tables {
  sqlite3 *file;
};

struct fm_statement {
  sqlite3_stmt *statement;
  int status;
};

fm_tables *fm_tables_open(const char *path, fm_tables_mode mode, int *status) {
  fm_tables *tables = calloc(1, sizeof *tables);
  if (!tables) return NULL;
  int flags = mode == FM_TABLES_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                      : SQLITE_OPEN_READONLY;
  // A path that begins with "file:" would be an address if SQLite was built so, whatever the flags
  // say. So callers give names that begin with a folder.
  *status = sqlite3_open_v2(path, &tables->file, flags | SQLITE_OPEN_FULLMUTEX, NULL);
  if (!tables->file) {
    free(tables);
    return NULL;
  }
  sqlite3_extended_result_codes(tables->file, 1);
  // Another process of Fieldmark may be committing, which takes milliseconds.
  sqlite3_busy_timeout(tables->file, 5000);
  return tables;
}

void fm_tables_close(fm_tables *tables) {
  if (!tables) return;
  sqlite3_close_v2(tables->file);
  free(tables);
}

const char *fm_tables_message(fm_tables *tables) { return sqlite3_errmsg(tables->file); }
int fm_tables_status(fm_tables *tables) { return sqlite3_extended_errcode(tables->file); }

int fm_tables_is_foreign(int status) {
  return (status & 0xff) == SQLITE_NOTADB || (status & 0xff) == SQLITE_CORRUPT;
}
int fm_tables_is_other(int status) { return (status & 0xff) == SQLITE_ERROR; }
int fm_tables_is_busy(int status) {
  return (status & 0xff) == SQLITE_BUSY || (status & 0xff) == SQLITE_LOCKED;
}
int fm_tables_cannot_open(int status) {
  return (status & 0xff) == SQLITE_CANTOPEN || (status & 0xff) == SQLITE_READONLY;
}
int fm_tables_is_full(int status) { return (status & 0xff) == SQLITE_FULL; }

int fm_tables_run(fm_tables *tables, const char *statements) {
  return sqlite3_exec(tables->file, statements, NULL, NULL, NULL);
}

fm_statement *fm_statement_make(fm_tables *tables, const char *text) {
  fm_statement *made = calloc(1, sizeof *made);
  if (!made) return NULL;
  made->status = sqlite3_prepare_v2(tables->file, text, -1, &made->statement, NULL);
  if (made->status == SQLITE_OK && made->statement) return made;
  free(made);
  return NULL;
}

void fm_statement_free(fm_statement *statement) {
  if (!statement) return;
  sqlite3_finalize(statement->statement);
  free(statement);
}

int fm_statement_set_integer(fm_statement *s, int place, int64_t value) {
  return sqlite3_bind_int64(s->statement, place, value);
}
int fm_statement_set_number(fm_statement *s, int place, double value) {
  return sqlite3_bind_double(s->statement, place, value);
}
int fm_statement_set_text(fm_statement *s, int place, const char *text, size_t count) {
  return sqlite3_bind_text64(
      s->statement, place, text ? text : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}
int fm_statement_set_bytes(fm_statement *s, int place, const void *bytes, size_t count) {
  return sqlite3_bind_blob64(s->statement, place, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}
int fm_statement_set_nothing(fm_statement *s, int place) {
  return sqlite3_bind_null(s->statement, place);
}

fm_step fm_statement_next(fm_statement *s) {
  s->status = sqlite3_step(s->statement);
  if (s->status == SQLITE_ROW) return FM_STEP_ROW;
  return s->status == SQLITE_DONE ? FM_STEP_DONE : FM_STEP_FAILED;
}
int fm_statement_status(fm_statement *s) { return s->status; }
void fm_statement_reset(fm_statement *s) {
  sqlite3_reset(s->statement);
  sqlite3_clear_bindings(s->statement);
}

int fm_statement_columns(fm_statement *s) { return sqlite3_column_count(s->statement); }

fm_kind fm_statement_kind(fm_statement *s, int column) {
  switch (sqlite3_column_type(s->statement, column)) {
    case SQLITE_INTEGER: return FM_KIND_INTEGER;
    case SQLITE_FLOAT: return FM_KIND_NUMBER;
    case SQLITE_TEXT: return FM_KIND_TEXT;
    case SQLITE_BLOB: return FM_KIND_BYTES;
    default: return FM_KIND_NOTHING;
  }
}
int64_t fm_statement_integer(fm_statement *s, int column) {
  return sqlite3_column_int64(s->statement, column);
}
double fm_statement_number(fm_statement *s, int column) {
  return sqlite3_column_double(s->statement, column);
}
const void *fm_statement_bytes(fm_statement *s, int column, size_t *count) {
  // The bytes are asked for first, because that call may change what the number counts.
  const void *bytes = sqlite3_column_type(s->statement, column) == SQLITE_TEXT
                          ? (const void *)sqlite3_column_text(s->statement, column)
                          : sqlite3_column_blob(s->statement, column);
  *count = (size_t)sqlite3_column_bytes(s->statement, column);
  return bytes;
}
