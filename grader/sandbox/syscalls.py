"""The system calls that Python and NumPy need to compute: the only ones a learner's code has.

Not among them: new processes, threads and programs, sockets, signals to others, tracing, mounts,
namespaces, keys, anything new. Source of the numbers: as in `linux.py`.
"""

# Name, number on x86-64, number on aarch64 (None: that machine has no such call).
TABLE = """
read 0 63              write 1 64             close 3 57             fstat 5 80
lseek 8 62             mmap 9 222             mprotect 10 226        munmap 11 215
brk 12 214             rt_sigaction 13 134    rt_sigprocmask 14 135  rt_sigreturn 15 139
ioctl 16 29            pread64 17 67          pwrite64 18 68         readv 19 65
writev 20 66           sched_yield 24 124     mremap 25 216          madvise 28 233
dup 32 23              nanosleep 35 101       getitimer 36 102       setitimer 38 103
getpid 39 172          exit 60 93             uname 63 160           fcntl 72 25
ftruncate 77 46        getcwd 79 17           chdir 80 49            gettimeofday 96 169
getrusage 98 165       sysinfo 99 179         times 100 153          getuid 102 174
getgid 104 176         geteuid 107 175        getegid 108 177        getppid 110 173
sigaltstack 131 132    gettid 186 178         futex 202 98           sched_getaffinity 204 123
getdents64 217 61      restart_syscall 219 128  clock_gettime 228 113  clock_getres 229 114
clock_nanosleep 230 115  exit_group 231 94    openat 257 56          mkdirat 258 34
newfstatat 262 79      unlinkat 263 35        readlinkat 267 78      faccessat 269 48
pselect6 270 72        ppoll 271 73           set_robust_list 273 99  prlimit64 302 261
renameat2 316 276      getrandom 318 278      membarrier 324 283     statx 332 291
rseq 334 293           faccessat2 439 439
open 2 -               stat 4 -               poll 7 -               lstat 6 -
access 21 -            select 23 -            rename 82 -            mkdir 83 -
rmdir 84 -             unlink 87 -            readlink 89 -          getrlimit 97 -
getpgrp 111 -          time 201 -             renameat 264 38
"""


def _column(number: int) -> dict[str, int]:
    words = TABLE.split()
    rows = zip(words[0::3], words[number::3], strict=True)
    return {name: int(text) for name, text in rows if text != "-"}


ALLOWED = {"x86_64": _column(1), "aarch64": _column(2)}

# Calls that make a thread or a process. The newer one pretends not to exist, so that the C
# library takes the older one, which is forbidden.
CLONE3 = 435

# Some calls only with these values of an argument: number of the argument, values.
F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC = 0, 1, 2, 3, 4, 1030
TCGETS, FIOCLEX, FIONCLEX, FIONREAD, TIOCGWINSZ = 0x5401, 0x5451, 0x5450, 0x541B, 0x5413
ONLY = {
    "fcntl": (1, (F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC)),
    "ioctl": (1, (TCGETS, FIOCLEX, FIONCLEX, FIONREAD, TIOCGWINSZ)),
}
