/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark's interface, and all in which 4.0, 4.2, 4.4 and 4.6 differ: each difference is found
 * out by the compiler, none by a version number. Nothing else of the plugin includes Wireshark's
 * headers for itself.
 */
#pragma once

#include <epan/addr_resolv.h>
#include <epan/column-utils.h>
#include <epan/conversation.h>
#include <epan/dissectors/packet-tcp.h>
#include <epan/exceptions.h>
#include <epan/expert.h>
#include <epan/ipproto.h>
#include <epan/packet.h>
#include <epan/prefs.h>
#include <epan/proto_data.h>
#include <epan/show_exception.h>
#include <epan/stats_tree.h>
#include <epan/tap.h>
#include <epan/to_str.h>
#include <epan/unit_strings.h>
#include <wiretap/wtap.h>
#include <ws_version.h>
#include <wsutil/report_message.h>

/* What heuristics and callbacks return and what a yes-or-no preference is: gboolean, later bool. */
typedef __typeof__ (((heur_dissector_t)NULL) (NULL, NULL, NULL, NULL)) NfpBool;

/* "Export specified packets" is to keep frame `n` with the packet. The function takes the packet's
 * packet_info, later its frame_data. */
#define NFP_DEPENDS_ON(pinfo, n)                                                                   \
    mark_frame_as_depended_upon (                                                                  \
        _Generic(&mark_frame_as_depended_upon, void (*) (packet_info *, guint32)                   \
                 : (pinfo), void (*) (frame_data *, guint32)                                       \
                 : (pinfo)->fd),                                                                   \
        n)

/* Submenus of a statistics tree's name: where they are split by two slashes there is a macro. */
#ifdef STATS_TREE_MENU_SEPARATOR
#define NFP_MENU_SEPARATOR STATS_TREE_MENU_SEPARATOR
#else
#define NFP_MENU_SEPARATOR "/"
#endif

/* Later versions ask what kinds of things a plugin registers; the others do not look. */
#if __has_include(<wsutil/plugins.h>)
#include <wsutil/plugins.h>
#endif
#ifdef WS_PLUGIN_DESC_DISSECTOR
#define NFP_PLUGIN_KINDS (WS_PLUGIN_DESC_DISSECTOR | WS_PLUGIN_DESC_TAP_LISTENER)
#else
#define NFP_PLUGIN_KINDS 0
#endif
