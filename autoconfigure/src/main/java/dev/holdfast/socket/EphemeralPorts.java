/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.net.InetSocketAddress;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * How much is left of the ports that the kernel gives to outbound connections. When there
 * are none, connecting fails with "Cannot assign requested address".
 * <p>
 * A port can be used again towards another address or port: what counts is a connection's
 * four numbers. So the ports run out towards one remote end, and this is about the one
 * that has the most. What listens in the range takes a port from all of them.
 * <p>
 * TIME_WAIT counts: for a minute the port is taken. Not towards this machine itself if
 * {@code tcp_tw_reuse} is on, as it is by default: there the kernel takes the port again
 * after a second. Towards others it does so only where that setting is 1 and the peer
 * sends time stamps, which the table does not tell: they count.
 * <p>
 * A client that binds before it connects may take a port from all remote ends. The table
 * does not show it; none of the usual HTTP clients does it.
 *
 * @param used ports in use towards the remote end that uses the most, and those that are
 * listened on
 * @param timeWait how many of those are only in TIME_WAIT
 * @param size ports of {@code ip_local_port_range} that are not reserved
 * @param remote the remote end that uses the most, {@code null} if none uses any
 * @since 0.1.0
 */
public record EphemeralPorts(int used, int timeWait, int size, @Nullable InetSocketAddress remote) {

	/**
	 * Used ports of the range.
	 * @return 0 to 1
	 */
	public double ratio() {
		return (this.size > 0) ? (double) this.used / this.size : 0;
	}

	static EphemeralPorts of(SocketTable table, PortRange range) {
		Rows rows = table.rows();
		// sorted by remote end, then by port, what is alive after TIME_WAIT
		long[] keys = new long[rows.size()];
		int count = 0;
		for (int row = 0; row < rows.size(); row++) {
			long group = table.remotes().groupOf(row);
			boolean closed = rows.state(row) == SocketState.TIME_WAIT;
			boolean free = closed && range.loopbackReused() && rows.isLoopback(row);
			if (group >= 0 && !free && range.ports().get(rows.localPort(row))) {
				keys[count++] = group << 17 | rows.localPort(row) << 1 | (closed ? 0 : 1);
			}
		}
		Arrays.sort(keys, 0, count);
		int listening = (int) table.listening().stream().filter(range.ports()::get).count();
		return fullest(keys, count, table.remotes(), listening, range.ports().cardinality());
	}

	private static EphemeralPorts fullest(long[] keys, int count, RemoteGroups remotes, int listening, int size) {
		EphemeralPorts fullest = new EphemeralPorts(listening, 0, size, null);
		int used = 0;
		int timeWait = 0;
		for (int i = 0; i < count; i++) {
			if (i + 1 == count || keys[i + 1] >>> 1 != keys[i] >>> 1) {
				used++;
				timeWait += 1 - (int) (keys[i] & 1);
			}
			if (i + 1 == count || keys[i + 1] >>> 17 != keys[i] >>> 17) {
				if (listening + used > fullest.used) {
					fullest = new EphemeralPorts(listening + used, timeWait, size,
							remotes.remote((int) (keys[i] >>> 17)));
				}
				used = 0;
				timeWait = 0;
			}
		}
		return fullest;
	}

}
