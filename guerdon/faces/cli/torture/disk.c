/* A disk between a database and the system, for `guerdon torture`: it records what is written and synced, or fails.
 *
 * Loaded by LD_PRELOAD into every process of the database. GUERDON_DISK names a folder with the files `control`
 * (shared memory, see struct control; shim.py writes it) and `record` (appended to, see struct head; record.py reads
 * it). GUERDON_DISK_ROOT is what the names of the files begin with that are meant; all others are left alone.
 *
 * One lock over all processes makes each write and its line in the record one step, so the record is in the order in
 * which things happened. A sync is two lines, where it began and where it ended: what is written meanwhile is in doubt.
 * Files written by stdio go past the shim, as the C library calls itself there; memory mapped files do, too.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, SYNC, SYNCED, TRUNCATE, ALLOCATE, CREATE, RENAME, UNLINK, LINK, MKDIR, RMDIR };
enum { WRITES = 1, SYNCS = 2, NAMES = 4 };

struct control {
    pthread_mutex_t lock;
    char room[64 - sizeof(pthread_mutex_t)];
    int64_t made, recording, pause_micros;
    int64_t error, kinds, countdown, lasting; /* fail with this error, these calls, after so many, from then on */
    int64_t hits;                             /* how many calls failed */
};

struct head {
    uint32_t kind, length; /* so many bytes follow: what was written, or names that end with a zero each */
    uint64_t file, at, number;
};

#define FILES_MAX 65536
static struct control *control;
static int record = -1;
static char root[4096], above[4096];
static unsigned char ours[FILES_MAX];

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("GUERDON_DISK"), *wanted = getenv("GUERDON_DISK_ROOT");
    char path[4096];
    if (!folder || !wanted || strlen(wanted) >= sizeof root || strlen(folder) > sizeof path - 16) return;
    strcpy(root, wanted);
    strcpy(above, wanted);
    if (strrchr(above, '/')) *strrchr(above, '/') = 0;
    strcat(strcpy(path, folder), "/control");
    int fd = open(path, O_RDWR | O_CLOEXEC);
    strcat(strcpy(path, folder), "/record");
    record = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd < 0 || record < 0) abort(); /* a disk that silently is not there would prove nothing */
    /* A database closes the low numbers that it does not know; this one stays out of its way. */
    int high = fcntl(record, F_DUPFD_CLOEXEC, 900);
    if (high >= 0) { close(record); record = high; }
    control = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (control == MAP_FAILED) abort();
    flock(fd, LOCK_EX);
    if (!control->made) {
        pthread_mutexattr_t how;
        pthread_mutexattr_init(&how);
        pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED);
        pthread_mutexattr_setrobust(&how, PTHREAD_MUTEX_ROBUST);
        pthread_mutex_init(&control->lock, &how);
        control->made = 1;
    }
    flock(fd, LOCK_UN);
    close(fd);
}

static void lock(void) {
    if (pthread_mutex_lock(&control->lock) == EOWNERDEAD) pthread_mutex_consistent(&control->lock);
}

static void unlock(void) { pthread_mutex_unlock(&control->lock); }

static int meant(const char *path, char *whole) {
    if (!control || !path) return 0;
    size_t used = 0;
    if (path[0] != '/') {
        if (!getcwd(whole, 4096)) return 0;
        used = strlen(whole);
        whole[used++] = '/';
        if (path[0] == '.' && path[1] == '/') path += 2;
        if (path[0] == '.' && path[1] == 0) { whole[--used] = 0; path = ""; }
    }
    if (used + strlen(path) >= 4096) return 0;
    strcpy(whole + used, path);
    for (size_t end = strlen(whole); end > 1 && whole[end - 1] == '/'; end--) whole[end - 1] = 0;
    return strncmp(whole, root, strlen(root)) == 0 || strcmp(whole, above) == 0;
}

static uint64_t file_of(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : found.st_ino;
}

static int known(int fd) { return control && fd >= 0 && fd < FILES_MAX && ours[fd]; }

/* With the lock held: whether this call fails now; errno says how. */
static int ill(int kind) {
    if (!control->error || !(control->kinds & kind)) return 0;
    if (control->countdown > 0) { control->countdown--; return 0; }
    errno = (int)control->error;
    control->hits++;
    if (!control->lasting) control->error = 0;
    return 1;
}

/* With the lock held: one line of the record in one piece. */
static void note(uint32_t kind, uint64_t file, uint64_t at, uint64_t number, const struct iovec *parts, int count) {
    struct iovec all[66];
    struct head head = {kind, 0, file, at, number};
    static ssize_t (*out)(int, const struct iovec *, int);
    if (!control->recording) return;
    if (!out) out = dlsym(RTLD_NEXT, "writev");
    int before = errno;
    all[0].iov_base = &head;
    all[0].iov_len = sizeof head;
    for (int i = 0; i < count; i++) { all[i + 1] = parts[i]; head.length += parts[i].iov_len; }
    if (out(record, all, count + 1) != (ssize_t)(sizeof head + head.length)) abort();
    errno = before;
}

static void note_names(uint32_t kind, uint64_t file, uint64_t number, const char *from, const char *to) {
    struct iovec names[2] = {{(void *)from, strlen(from) + 1}, {(void *)to, to ? strlen(to) + 1 : 0}};
    note(kind, file, 0, number, names, to ? 2 : 1);
}

static int opened(int (*real)(int, const char *, int, ...), int folder, const char *path, int flags, mode_t mode) {
    char whole[4096];
    if ((folder != AT_FDCWD && path && path[0] != '/') || !meant(path, whole)) return real(folder, path, flags, mode);
    struct stat before;
    int changes = (flags & O_ACCMODE) != O_RDONLY, fd = -1;
    lock();
    int there = stat(whole, &before) == 0;
    int fails = (changes && control->error == EROFS) || ((flags & O_CREAT) && !there);
    if (!(fails && ill(NAMES))) fd = real(folder, path, flags, mode);
    if (fd >= 0 && fd < FILES_MAX) {
        ours[fd] = 1;
        if (!there) note_names(CREATE, file_of(fd), 0, whole, NULL);
        else if ((flags & O_TRUNC) && changes) note(TRUNCATE, before.st_ino, 0, 0, NULL, 0);
    }
    unlock();
    return fd;
}

#define MODE(flags) mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) { MODE(flags) REAL(openat); return opened(real, AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) REAL(openat64); return opened(real, AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) REAL(openat); return opened(real, at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) REAL(openat64); return opened(real, at, path, flags, mode); }
int __open_2(const char *path, int flags) { return open(path, flags); }
int __open64_2(const char *path, int flags) { return open64(path, flags); }
int __openat_2(int at, const char *path, int flags) { return openat(at, path, flags); }
int __openat64_2(int at, const char *path, int flags) { return openat64(at, path, flags); }
int creat(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int fd) {
    REAL(close);
    if (control && fd == record && fd >= 0) { errno = EBADF; return -1; }
    if (known(fd)) ours[fd] = 0;
    return real(fd);
}

/* `at` < 0 is where the file stands. Always written by pwritev or writev. */
static ssize_t written(int fd, const struct iovec *parts, int count, off64_t at) {
    static ssize_t (*there)(int, const struct iovec *, int, off64_t);
    static ssize_t (*here)(int, const struct iovec *, int);
    if (!there) there = dlsym(RTLD_NEXT, "pwritev64");
    if (!here) here = dlsym(RTLD_NEXT, "writev");
    if (!known(fd) || count > 64) return at < 0 ? here(fd, parts, count) : there(fd, parts, count, at);
    struct iovec kept[64];
    size_t room = 0, asked = 0;
    for (int i = 0; i < count; i++) asked += parts[i].iov_len;
    lock();
    if (ill(WRITES)) { /* a disk that is full takes what it still can */
        room = control->error == ENOSPC && control->hits == 1 ? asked / 1024 * 512 : 0;
        if (!room) { unlock(); return -1; }
    } else room = asked;
    int some = 0;
    for (size_t left = room; left && some < count; some++) {
        kept[some] = parts[some];
        if (kept[some].iov_len > left) kept[some].iov_len = left;
        left -= kept[some].iov_len;
    }
    off64_t from = at;
    if (at < 0) from = fcntl(fd, F_GETFL) & O_APPEND ? lseek64(fd, 0, SEEK_END) : lseek64(fd, 0, SEEK_CUR);
    ssize_t done = at < 0 ? here(fd, kept, some) : there(fd, kept, some, at);
    if (done > 0) {
        size_t left = done;
        for (int i = 0; i < some; i++) {
            if (kept[i].iov_len > left) kept[i].iov_len = left;
            left -= kept[i].iov_len;
        }
        note(WRITE, file_of(fd), from, 0, kept, some);
    }
    unlock();
    return done;
}

#define ONE(from, length) struct iovec part = {(void *)(from), length}
ssize_t write(int fd, const void *from, size_t length) {
    REAL(write);
    if (!known(fd)) return real(fd, from, length);
    ONE(from, length);
    return written(fd, &part, 1, -1);
}
ssize_t pwrite(int fd, const void *from, size_t length, off_t at) { ONE(from, length); return written(fd, &part, 1, at); }
ssize_t pwrite64(int fd, const void *from, size_t length, off64_t at) { ONE(from, length); return written(fd, &part, 1, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) { return written(fd, parts, count, -1); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return written(fd, parts, count, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return written(fd, parts, count, at); }

static int synced(int (*real)(int), int fd, int data_only) {
    static uint64_t numbers;
    if (!known(fd)) return real(fd);
    uint64_t file = file_of(fd);
    lock();
    if (ill(SYNCS)) { unlock(); return -1; }
    uint64_t number = ((uint64_t)getpid() << 32) | (__atomic_add_fetch(&numbers, 1, __ATOMIC_RELAXED) & 0xffffffff);
    note(SYNC, file, data_only, number, NULL, 0);
    unlock();
    if (control->pause_micros) usleep(control->pause_micros);
    int done = real(fd);
    if (done == 0) {
        lock();
        note(SYNCED, file, data_only, number, NULL, 0);
        unlock();
    }
    return done;
}

int fsync(int fd) { REAL(fsync); return synced(real, fd, 0); }
int fdatasync(int fd) { REAL(fdatasync); return synced(real, fd, 1); }

static int sized(int fd, off64_t size) {
    static int (*real)(int, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "ftruncate64");
    if (!known(fd)) return real(fd, size);
    lock();
    int done = ill(NAMES) ? -1 : real(fd, size);
    if (done == 0) note(TRUNCATE, file_of(fd), size, 0, NULL, 0);
    unlock();
    return done;
}

int ftruncate(int fd, off_t size) { return sized(fd, size); }
int ftruncate64(int fd, off64_t size) { return sized(fd, size); }

static int cut(const char *path, off64_t size) {
    static int (*real)(const char *, off64_t);
    char whole[4096];
    struct stat found;
    if (!real) real = dlsym(RTLD_NEXT, "truncate64");
    if (!meant(path, whole)) return real(path, size);
    lock();
    int done = ill(NAMES) ? -1 : real(path, size);
    if (done == 0 && stat(whole, &found) == 0) note(TRUNCATE, found.st_ino, size, 0, NULL, 0);
    unlock();
    return done;
}

int truncate(const char *path, off_t size) { return cut(path, size); }
int truncate64(const char *path, off64_t size) { return cut(path, size); }

static int allocated(int fd, off64_t at, off64_t length) { /* answers an error, as posix_fallocate does */
    static int (*real)(int, off64_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "posix_fallocate64");
    if (!known(fd)) return real(fd, at, length);
    lock();
    int done = ill(WRITES) ? errno : real(fd, at, length);
    if (done == 0) note(ALLOCATE, file_of(fd), at, length, NULL, 0);
    unlock();
    return done;
}

int posix_fallocate(int fd, off_t at, off_t length) { return allocated(fd, at, length); }
int posix_fallocate64(int fd, off64_t at, off64_t length) { return allocated(fd, at, length); }
/* Kept simple: what other ways of allocating do is asked for in this one by both databases. */
int fallocate(int fd, int how, off_t at, off_t length) { REAL(fallocate); if (known(fd)) { errno = EOPNOTSUPP; return -1; } return real(fd, how, at, length); }
int fallocate64(int fd, int how, off64_t at, off64_t length) { REAL(fallocate64); if (known(fd)) { errno = EOPNOTSUPP; return -1; } return real(fd, how, at, length); }

/* What happens to one name, or from one name to another. */
#define NAMED(call, kind) \
    char one[4096]; \
    struct stat found; \
    if (!meant(from, one)) return call; \
    lock(); \
    if (lstat(one, &found)) found.st_ino = 0; \
    int done = ill(NAMES) ? -1 : call; \
    if (done == 0) note_names(kind, found.st_ino, 0, one, NULL); \
    unlock(); \
    return done

#define MOVED(call, kind) \
    char one[4096], two[4096]; \
    struct stat found; \
    int first = meant(from, one), second = meant(to, two); \
    if (!first && !second) return call; \
    lock(); \
    if (lstat(one, &found)) found.st_ino = 0; \
    int done = ill(NAMES) ? -1 : call; \
    if (done == 0) note_names(kind, found.st_ino, 0, one, two); \
    unlock(); \
    return done

int rename(const char *from, const char *to) { REAL(rename); MOVED(real(from, to), RENAME); }
int link(const char *from, const char *to) { REAL(link); MOVED(real(from, to), LINK); }
int unlink(const char *from) { REAL(unlink); NAMED(real(from), UNLINK); }
int rmdir(const char *from) { REAL(rmdir); NAMED(real(from), RMDIR); }
int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    char whole[4096];
    struct stat found;
    if (!meant(path, whole)) return real(path, mode);
    lock();
    int done = ill(NAMES) ? -1 : real(path, mode);
    if (done == 0 && stat(whole, &found) == 0) note_names(MKDIR, found.st_ino, 0, whole, NULL);
    unlock();
    return done;
}
