/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The statistics: tshark -q -z nfpeek,tree, and an entry in Wireshark's menu. */
#pragma once

void nfp_stats_register (void);
