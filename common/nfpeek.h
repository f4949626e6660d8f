/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libnfpeek: decodes NetFlow v9, IPFIX and the fixed versions of NetFlow.
 *
 * A program makes a registry and a collector, lets the collector learn each datagram, and walks
 * the datagrams with a decoder (decoder.h). The library does no I/O but for a registry's files,
 * prints nothing, and keeps nothing outside the objects its caller holds.
 */
#pragma once

#include "announced.h"
#include "binding.h"
#include "capture.h"
#include "check.h"
#include "collector.h"
#include "datagram.h"
#include "decoder.h"
#include "derived.h"
#include "describe.h"
#include "element.h"
#include "event.h"
#include "filter.h"
#include "finding.h"
#include "fixed.h"
#include "flow.h"
#include "bound.h"
#include "list.h"
#include "message.h"
#include "operand.h"
#include "reader.h"
#include "record.h"
#include "samplers.h"
#include "template.h"
#include "text.h"
#include "tracker.h"
#include "usage.h"
#include "value.h"
