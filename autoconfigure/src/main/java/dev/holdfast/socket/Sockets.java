/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import dev.holdfast.socket.Reading.Sufficiency;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the kernel knows of the sockets of this network namespace, when somebody
 * asks. A reading is kept for a second, and for a hundred times the processor time that
 * it took: however many sockets there are and however often somebody asks, it takes less
 * than 1 % of a core. Who is in a hurry may have what was not spent in the ten seconds
 * before at once: over any time, it is 1 % of it, 100 ms that were saved and one reading
 * at most. Everything is read at once, so that there is one budget.
 * <p>
 * One thread reads; others get what was read before meanwhile, and wait only if nothing
 * was. Nothing here throws: what the platform does not tell is {@code null}.
 * <p>
 * The tables are those of {@code /proc/self/net}. {@code /proc/thread-self/net} would be
 * the same: the threads of a JVM share one namespace.
 *
 * @since 0.1.0
 */
public final class Sockets {

	private static final Path PROC = Path.of("/proc");

	private static final Duration LEAST_INTERVAL = Duration.ofNanos(Reading.LEAST_PAUSE);

	private final Path proc;

	private final Path net;

	private final LongSupplier ticker;

	private final LongSupplier processor;

	private final ByteOrder order;

	private final ReentrantLock reading = new ReentrantLock();

	private final Credit beginning;

	private volatile @Nullable Reading last;

	private volatile String problem;

	/**
	 * Creates a reader. Nothing is read yet.
	 * @param proc root of the kernel's tables
	 * @param ticker monotonic time in nanoseconds
	 * @param processor processor time of the current thread in nanoseconds, -1 if it
	 * cannot be told: then time counts as cost
	 */
	public Sockets(Path proc, LongSupplier ticker, LongSupplier processor) {
		this(proc, ticker, processor, ByteOrder.nativeOrder());
	}

	Sockets(Path proc, LongSupplier ticker, LongSupplier processor, ByteOrder order) {
		this.proc = proc;
		this.net = proc.resolve("self").resolve("net");
		this.ticker = ticker;
		this.processor = processor;
		this.order = order;
		Path tcp = this.net.resolve("tcp");
		this.problem = Files.isReadable(tcp) ? "" : reason(tcp);
		this.beginning = Credit.none(ticker.getAsLong());
	}

	/**
	 * The reader of this machine.
	 * @return a reader of {@code /proc}
	 */
	public static Sockets ofThisMachine() {
		return new Sockets(PROC, System::nanoTime, Sockets::processorNanos);
	}

	private static long processorNanos() {
		try {
			return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		}
		catch (UnsupportedOperationException ex) {
			// a virtual thread
			return -1;
		}
	}

	/**
	 * Whether the kernel's socket table could be read the last time, or before the first
	 * time, whether it is there.
	 * @return {@code false} on other platforms than Linux
	 */
	public boolean isAvailable() {
		return this.problem.isEmpty();
	}

	/**
	 * Why there is no table.
	 * @return a sentence, empty if there is one
	 */
	public String unavailableReason() {
		return this.problem;
	}

	/**
	 * The sockets, read a moment ago, or the last time that they could be read.
	 * @return the table, {@code null} if it cannot be read
	 */
	public @Nullable SocketTable table() {
		return reading(Reading::isRecent).table();
	}

	/**
	 * The sockets, for evidence: read now, if what was read before is paid for. Several
	 * readings may follow each other, and are paid for from what was saved. When it was
	 * read is in the table.
	 * @return the table, {@code null} if it cannot be read
	 */
	public @Nullable SocketTable fresh() {
		return reading(Reading::isAllThatCanBePaid).table();
	}

	/**
	 * The sockets as they were when they were last read, however long ago that is.
	 * Nothing is read now. When it was read is in the table.
	 * @return the table, {@code null} if there is none yet
	 */
	public @Nullable SocketTable latest() {
		Reading last = this.last;
		return (last != null) ? last.table() : null;
	}

	/**
	 * Ephemeral ports, read together with the sockets.
	 * @return the ports, {@code null} if they are not known
	 */
	public @Nullable EphemeralPorts ephemeralPorts() {
		return reading(Reading::isRecent).ports();
	}

	/**
	 * Counters of the kernel, read together with the sockets.
	 * @return the counters, {@code null} if they are not known
	 */
	public @Nullable NetworkCounters counters() {
		return reading(Reading::isRecent).counters();
	}

	/**
	 * File descriptors, read together with the sockets. Known on other platforms, too.
	 * @return the descriptors, {@code null} if they are not known
	 */
	public @Nullable Descriptors descriptors() {
		return reading(Reading::isRecent).descriptors();
	}

	/**
	 * How long a reading is kept now.
	 * @return at least a second
	 */
	public Duration interval() {
		Reading last = this.last;
		return (last != null) ? Duration.ofNanos(last.pauseNanos()) : LEAST_INTERVAL;
	}

	/**
	 * What the last reading took.
	 * @return processor time, zero before the first
	 */
	public Duration cost() {
		Reading last = this.last;
		return (last != null) ? Duration.ofNanos(last.costNanos()) : Duration.ZERO;
	}

	private Reading reading(Sufficiency enough) {
		Reading before = this.last;
		if (before == null) {
			return firstReading(enough);
		}
		if (enough.test(before, this.ticker.getAsLong()) || !this.reading.tryLock()) {
			return before;
		}
		try {
			return readUnless(enough);
		}
		finally {
			this.reading.unlock();
		}
	}

	private Reading firstReading(Sufficiency enough) {
		this.reading.lock();
		try {
			return readUnless(enough);
		}
		finally {
			this.reading.unlock();
		}
	}

	private Reading readUnless(Sufficiency enough) {
		// another thread may have read between the question and the lock
		Reading before = this.last;
		if (before != null && enough.test(before, this.ticker.getAsLong())) {
			return before;
		}
		Reading now = read(before);
		this.problem = now.problem();
		this.last = now;
		return now;
	}

	private Reading read(@Nullable Reading before) {
		long begin = this.ticker.getAsLong();
		long processorBegin = this.processor.getAsLong();
		@Nullable SocketTable table = null;
		@Nullable EphemeralPorts ports = null;
		String why = "";
		try {
			table = readTable(begin);
			PortRange range = PortRange.read(this.proc);
			ports = (range != null) ? EphemeralPorts.of(table, range) : null;
		}
		catch (NoSuchFileException ex) {
			why = missing(this.net.resolve("tcp"));
		}
		catch (IOException | SecurityException ex) {
			// no descriptor is left, say: what was read before is better than nothing
			why = unreadable(this.net) + ": " + ex;
			table = (before != null) ? before.table() : null;
			ports = (before != null) ? before.ports() : null;
		}
		@Nullable NetworkCounters counters = NetworkCounters.read(this.net);
		if (counters == null && before != null) {
			counters = before.counters();
		}
		Descriptors descriptors = Descriptors.read();
		long processorEnd = this.processor.getAsLong();
		long end = this.ticker.getAsLong();
		boolean told = processorBegin >= 0 && processorEnd >= processorBegin;
		long cost = told ? processorEnd - processorBegin : end - begin;
		Credit credit = (before != null) ? before.credit() : this.beginning;
		return new Reading(table, ports, counters, descriptors, why, cost, credit.spend(cost, end));
	}

	private SocketTable readTable(long now) throws IOException {
		Rows rows = new Rows();
		RowParser parser = new RowParser(this.order);
		int skipped;
		try (InputStream tcp = Files.newInputStream(this.net.resolve("tcp"))) {
			skipped = parser.parse(tcp, rows);
		}
		try (InputStream tcp6 = Files.newInputStream(this.net.resolve("tcp6"))) {
			skipped += parser.parse(tcp6, rows);
		}
		catch (NoSuchFileException ex) {
			// a kernel without IPv6
		}
		return new SocketTable(rows, skipped, now);
	}

	private static String reason(Path file) {
		return Files.exists(file) ? unreadable(file) : missing(file);
	}

	private static String missing(Path file) {
		return "There is no " + file + ": sockets, ports and counters are told by Linux only";
	}

	private static String unreadable(Path file) {
		return file + " cannot be read";
	}

}
