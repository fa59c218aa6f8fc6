// A WASI command around SQLite: runs the statements that it reads from stdin in a database in memory, and prints the
// first column of the last row that they gave, for which SQLite's own functions make JSON.
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "sqlite3.h"

// What SQLite asks of a system, of which there is no file here.
static int no_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given) {
  file->pMethods = NULL;
  return SQLITE_CANTOPEN;
}

static int no_deletion(sqlite3_vfs *vfs, const char *name, int sync) { return SQLITE_IOERR_DELETE; }

static int no_access(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
  *result = 0;
  return SQLITE_OK;
}

static int same_name(sqlite3_vfs *vfs, const char *name, int size, char *full) {
  sqlite3_snprintf(size, full, "%s", name);
  return SQLITE_OK;
}

static int random_bytes(sqlite3_vfs *vfs, int size, char *bytes) {
  return getentropy(bytes, size > 256 ? 256 : size) == 0 ? size : 0;
}

static int pause_micros(sqlite3_vfs *vfs, int micros) { return usleep(micros) == 0 ? micros : 0; }

// Milliseconds since the start of the Julian calendar, which was 2440587.5 days before 1970.
static int julian_millis(sqlite3_vfs *vfs, sqlite3_int64 *millis) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  *millis = 210866760000000 + now.tv_sec * 1000 + now.tv_nsec / 1000000;
  return SQLITE_OK;
}

static int julian_days(sqlite3_vfs *vfs, double *days) {
  sqlite3_int64 millis;
  julian_millis(vfs, &millis);
  *days = millis / 86400000.0;
  return SQLITE_OK;
}

static int last_error(sqlite3_vfs *vfs, int size, char *text) { return 0; }

int sqlite3_os_init(void) {
  static sqlite3_vfs vfs = {
      .iVersion = 2,
      .szOsFile = sizeof(sqlite3_file),
      .mxPathname = 64,
      .zName = "nothing",
      .xOpen = no_file,
      .xDelete = no_deletion,
      .xAccess = no_access,
      .xFullPathname = same_name,
      .xRandomness = random_bytes,
      .xSleep = pause_micros,
      .xCurrentTime = julian_days,
      .xGetLastError = last_error,
      .xCurrentTimeInt64 = julian_millis,
  };
  return sqlite3_vfs_register(&vfs, 1);
}

int sqlite3_os_end(void) { return SQLITE_OK; }

static int fail(sqlite3 *database) {
  fprintf(stderr, "%s\n", database == NULL ? "no memory" : sqlite3_errmsg(database));
  return 1;
}

int main(void) {
  static char text[1 << 20];
  text[fread(text, 1, sizeof text - 1, stdin)] = 0;
  sqlite3 *database = NULL;
  if (sqlite3_open(":memory:", &database) != SQLITE_OK) return fail(database);
  char *answer = NULL;
  for (const char *rest = text; *rest != 0;) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(database, rest, -1, &statement, &rest) != SQLITE_OK) return fail(database);
    if (statement == NULL) continue;
    int step;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
      sqlite3_free(answer);
      answer = sqlite3_mprintf("%s", sqlite3_column_text(statement, 0));
    }
    if (step != SQLITE_DONE) return fail(database);
    sqlite3_finalize(statement);
  }
  printf("%s", answer == NULL ? "null" : answer);
  sqlite3_free(answer);
  return sqlite3_close(database) == SQLITE_OK ? 0 : 1;
}
