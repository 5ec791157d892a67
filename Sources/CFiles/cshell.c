#define _GNU_SOURCE
#include "cfiles.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

extern char **environ;

// Tells a child how to begin; the first error ends it.
static int prepare(posix_spawn_file_actions_t *files, posix_spawnattr_t *attributes,
                   const char *folder, int output) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  int error = posix_spawn_file_actions_addopen(files, 0, "/dev/null", O_RDONLY, 0);
  if (error == 0) error = posix_spawn_file_actions_adddup2(files, output, 1);
  if (error == 0) error = posix_spawn_file_actions_addopen(files, 2, "/dev/null", O_WRONLY, 0);
  if (error == 0) error = posix_spawn_file_actions_addchdir_np(files, folder);
  if (error == 0) {
    error = posix_spawnattr_setflags(
        attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  if (error == 0) error = posix_spawnattr_setpgroup(attributes, 0);
  if (error == 0) error = posix_spawnattr_setsigmask(attributes, &none);
  if (error == 0) error = posix_spawnattr_setsigdefault(attributes, &all);
  return error;
}

int cfiles_shell(const char *command, const char *folder, int *output) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  if (posix_spawn_file_actions_init(&files) != 0) goto failed;
  if (posix_spawnattr_init(&attributes) != 0) {
    posix_spawn_file_actions_destroy(&files);
    goto failed;
  }
  // Whoever started this program may have had it ignore the end of its children.
  signal(SIGCHLD, SIG_DFL);
  char *const arguments[] = {"sh", "-c", (char *)command, NULL};
  pid_t child = -1;
  int error = prepare(&files, &attributes, folder, ends[1]);
  if (error == 0) {
    error = posix_spawn(&child, "/bin/sh", &files, &attributes, arguments, environ);
  }
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  if (error != 0) goto failed;
  close(ends[1]);
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  *output = ends[0];
  return child;
failed:
  close(ends[0]);
  close(ends[1]);
  return -1;
}
