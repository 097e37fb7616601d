/* A machine whose disk hangs and whose clock is set, for one process (LD_PRELOAD).

   $HANGS names a file: while it is there, no fsync or fdatasync returns. $CLOCK names a file with the seconds by which the
   wall clock is wrong; it is looked at each time. The monotonic clock is left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static void wait_for_the_disk(void) {
    const char *file = getenv("HANGS");
    struct timespec a_moment = {0, 10000000};
    while (file && access(file, F_OK) == 0) nanosleep(&a_moment, NULL);
}

int fsync(int fd) { wait_for_the_disk(); return (int)syscall(SYS_fsync, fd); }
int fdatasync(int fd) { wait_for_the_disk(); return (int)syscall(SYS_fdatasync, fd); }

static long wrong_by(void) {
    const char *file = getenv("CLOCK");
    char text[32];
    int fd = file ? (int)syscall(SYS_openat, AT_FDCWD, file, O_RDONLY, 0) : -1;
    if (fd < 0) return 0;
    ssize_t got = read(fd, text, sizeof text - 1);
    close(fd);
    if (got <= 0) return 0;
    text[got] = 0;
    return atol(text);
}

int clock_gettime(clockid_t id, struct timespec *ts) {
    int result = (int)syscall(SYS_clock_gettime, id, ts);
    if (result == 0 && id == CLOCK_REALTIME) ts->tv_sec += wrong_by();
    return result;
}

int gettimeofday(struct timeval *tv, void *zone) {
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    tv->tv_sec = ts.tv_sec;
    tv->tv_usec = ts.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *where) {
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    if (where) *where = ts.tv_sec;
    return ts.tv_sec;
}
