/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From root to somebody else. */
#include "privilege.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Whom to become. */
typedef struct {
    uid_t uid;
    gid_t gid;
    char *name; /* NULL: a user of that number only, who is in no other group */
} User;

static gboolean
fail (GError **error, const char *what)
{
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM, "cannot give rights up: %s: %s", what,
                 g_strerror (errno));
    return FALSE;
}

/* A number that an environment variable has. */
static gboolean
read_id (const char *variable, guint64 *id)
{
    const char *text = g_getenv (variable);

    return text && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32 - 1, id, NULL);
}

/* Whoever called sudo (sudo(8): SUDO_UID, SUDO_GID). FALSE where nobody did, or root. */
static gboolean
find_caller (User *user)
{
    const struct passwd *entry;
    guint64 uid, gid;

    if (!read_id ("SUDO_UID", &uid) || !read_id ("SUDO_GID", &gid) || uid == 0)
        return FALSE;
    entry = getpwuid ((uid_t)uid);
    *user = (User){(uid_t)uid, (gid_t)gid, entry ? g_strdup (entry->pw_name) : NULL};
    return TRUE;
}

static gboolean
find_user (User *user, const char *name, GError **error)
{
    const struct passwd *entry;

    errno = 0;
    entry = getpwnam (name);
    if (!entry) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "--user: there is no user '%s'",
                     name);
        return FALSE;
    }
    *user = (User){entry->pw_uid, entry->pw_gid, g_strdup (name)};
    return TRUE;
}

/* Groups first: they cannot be changed later. In the end there must be no way back. */
static gboolean
become (const User *user, GError **error)
{
    if ((user->name ? initgroups (user->name, user->gid) : setgroups (0, NULL)) != 0)
        return fail (error, "groups");
    if (setgid (user->gid) != 0)
        return fail (error, "group");
    if (setuid (user->uid) != 0)
        return fail (error, "user");
    errno = EPERM;
    if (getuid () != user->uid || geteuid () != user->uid || getgid () != user->gid ||
        getegid () != user->gid || (user->uid != 0 && setuid (0) == 0))
        return fail (error, "they are still there");
    return TRUE;
}

/* What setcap(8) gave the program. The C library has no function for it, and it takes no other one
 * to have none. */
static gboolean
give_capabilities_back (GError **error)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};

    return syscall (SYS_capset, &header, none) == 0 || fail (error, "capabilities");
}

gboolean
nf_privilege_drop (const char *user, GError **error)
{
    User to = {0};
    gboolean good;

    if (geteuid () != 0) {
        if (user)
            g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_PERM,
                                 "--user: only root can become somebody else");
        return !user && give_capabilities_back (error);
    }
    if (user ? !find_user (&to, user, error) : !find_caller (&to))
        return !user;
    good = become (&to, error);
    g_free (to.name);
    return good;
}
