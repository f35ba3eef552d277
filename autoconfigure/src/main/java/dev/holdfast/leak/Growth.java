/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Watches what leaks: finds a number that rises steadily although there is no more to do
 * than before. You need one per application, and somebody who feeds it every few seconds.
 * <p>
 * Time is cut into windows, and of each only the lowest value is kept, its floor. Bursts
 * and what waits for the garbage collector lie above the floor; what is never given back
 * lifts it. Twelve floors are looked at together, once in windows of one minute and once
 * in windows of ten minutes for what is slow or large. They are a rise if
 * <ul>
 * <li>nearly every floor is higher than nearly all floors before it: the sign test of
 * Mann ("Nonparametric tests against trend", Econometrica 13, 1945) and Kendall ("Rank
 * Correlation Methods", 1975), here with a rank correlation of at least 0.8. A jump to a
 * new level does not reach more than 0.55;</li>
 * <li>at most one floor is lower than the one before. The test above takes values to be
 * independent, and a number that wanders slowly has a trend most of the time; but half of
 * its steps go down;</li>
 * <li>the last two windows still rise, and the later half of the time has at least a
 * third of the rise. A pool that fills up slows down before it is full; a leak does
 * not;</li>
 * <li>the floor is higher by a quarter, and by a number that depends on the resource: 50
 * threads, 100 descriptors, 10 leases, 10 close-wait sockets;</li>
 * <li>it has risen by twice of what came back by itself before. Falls are remembered with
 * a half-life of 138 windows;</li>
 * <li>traffic has not risen by at least half the ratio. What is used in proportion to
 * traffic, on top of what is always there, never rises by a larger ratio than traffic
 * does;</li>
 * <li>all this holds three times in a row, and the lowest floor is ten windows old.</li>
 * </ul>
 * So nothing is found before fourteen windows have passed since the start, nor a rise
 * that takes less than ten, unless noise happened to rise before it. Noise of the floors
 * that is as large as the rise of a window hides it from the short windows; the long ones
 * find it, some two hours later. A rise is over when the floor is not higher than it was
 * five windows ago: it stands still, or it has fallen. The rise of a number that has
 * reached a bound, such as the size of a pool, is over too.
 * <p>
 * What it cannot tell apart: a number that falls back to where it was, but only after
 * fourteen windows of rising, is a rise until then; the next time it is known. For the
 * same reason a leak that follows such a fall is found later.
 * <p>
 * One thread at a time may feed it; any number may ask. It neither locks nor, unless
 * there is a rise to be told, allocates.
 *
 * @since 0.1.0
 */
public final class Growth {

	static final Duration SHORT = Duration.ofMinutes(1);

	static final Duration LONG = Duration.ofMinutes(10);

	private final Ticker ticker;

	private final Map<Resource, Scales> scales = new EnumMap<>(Resource.class);

	private volatile List<Rise> rises = List.of();

	/**
	 * Creates a watcher that knows nothing yet.
	 * @param ticker the clock
	 */
	public Growth(Ticker ticker) {
		this.ticker = ticker;
		for (Resource resource : Resource.values()) {
			this.scales.put(resource,
					new Scales(new GrowthWindows(resource, SHORT), new GrowthWindows(resource, LONG)));
		}
	}

	/**
	 * Takes note of a value, about every ten seconds for each resource. After a silence
	 * of three windows, what was known is forgotten.
	 * @param resource what was counted
	 * @param value how many there are now
	 * @param traffic requests and outbound calls so far, a count that only rises
	 */
	public void sample(Resource resource, long value, long traffic) {
		long now = this.ticker.nanos();
		if (Objects.requireNonNull(this.scales.get(resource)).add(now, value, traffic)) {
			this.rises = current();
		}
	}

	/**
	 * What rises, as of the last window that is complete.
	 * @return at most one rise for each resource, empty if all is well
	 */
	public List<Rise> rises() {
		return this.rises;
	}

	private List<Rise> current() {
		List<Rise> found = new ArrayList<>();
		for (Scales resource : this.scales.values()) {
			Rise rise = resource.rise();
			if (rise != null) {
				found.add(rise);
			}
		}
		return List.copyOf(found);
	}

	/**
	 * One resource, looked at twice.
	 *
	 * @param steep windows of one minute
	 * @param slow windows of ten minutes
	 */
	private record Scales(GrowthWindows steep, GrowthWindows slow) {

		boolean add(long now, long value, long traffic) {
			boolean changed = this.steep.add(now, value, traffic);
			return this.slow.add(now, value, traffic) || changed;
		}

		@Nullable Rise rise() {
			Rise one = this.steep.rise();
			Rise other = this.slow.rise();
			if (one == null || other == null) {
				return (one != null) ? one : other;
			}
			return (one.to() - one.from() >= other.to() - other.from()) ? one : other;
		}

	}

}
