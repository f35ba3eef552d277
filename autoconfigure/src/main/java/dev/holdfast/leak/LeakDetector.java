/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all leases, again and again, and says which ones are not coming back.
 * <p>
 * What is garbage-collected without being closed is certainly lost: that is the idea of
 * Netty's and OkHttp's leak detection. What is merely old is judged by what happens with
 * it, see {@link SuspicionKind}; stacks are taken of suspects only.
 *
 * @since 0.1.0
 */
public final class LeakDetector {

	private static final Logger LOGGER = System.getLogger(LeakDetector.class.getName());

	/** Leases that were taken back and are remembered. */
	private static final int REMEMBERED = 50;

	private final LeakSettings settings;

	private final Supplier<List<PoolSource>> sources;

	private final CallSites sites;

	private final Ticker ticker;

	private final Suspicion suspicion;

	private final SuspicionLog log;

	private final LeakCounts counts = new LeakCounts();

	private final ReentrantLock lock = new ReentrantLock();

	// of whoever looks, under the lock
	private Map<Lease, Looked> looked = new HashMap<>();

	// of whoever looks, too
	private final Set<PoolSource> failing = new HashSet<>();

	private volatile List<Suspect> suspects = List.of();

	private volatile List<Reclaimed> history = List.of();

	private volatile int leases;

	/**
	 * A detector that has not looked yet.
	 * @param settings what is suspected and what is taken back
	 * @param sources where leases come from, asked each time
	 * @param sites told where suspects come from
	 * @param ticker clock of what is remembered
	 */
	public LeakDetector(LeakSettings settings, Supplier<List<PoolSource>> sources, CallSites sites, Ticker ticker) {
		this.settings = settings;
		this.sources = sources;
		this.sites = sites;
		this.ticker = ticker;
		this.suspicion = new Suspicion(settings.suspectAfter().toNanos());
		this.log = new SuspicionLog(ticker);
	}

	/**
	 * Looks at every lease once. A source that fails keeps none of the others from being
	 * looked at.
	 */
	public void look() {
		this.lock.lock();
		try {
			Round round = new Round();
			this.sources.get().forEach(round::look);
			round.countLate();
			this.looked = round.seen;
			this.leases = round.leases;
			round.found.sort(Comparator.comparingLong((suspect) -> -suspect.use().ageNanos()));
			this.suspects = List.copyOf(round.found);
			this.log.look(this.suspects);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The leases that are suspected, oldest first.
	 * @return what was found by the last look
	 */
	public List<Suspect> suspects() {
		return this.suspects;
	}

	/**
	 * The leases that were taken back last, newest first.
	 * @return at most fifty
	 */
	public List<Reclaimed> reclaimed() {
		return this.history;
	}

	/**
	 * How long ago something was taken back.
	 * @param reclaimed what was taken back
	 * @return nanoseconds
	 */
	public long agoNanos(Reclaimed reclaimed) {
		return this.ticker.nanos() - reclaimed.atNanos();
	}

	/**
	 * How many leases there were at the last look.
	 * @return the number
	 */
	public int leases() {
		return this.leases;
	}

	/**
	 * What has been counted since the start.
	 * @return the counts
	 */
	public LeakCounts counts() {
		return this.counts;
	}

	private @Nullable Reclaim tier(Suspect suspect) {
		Reclaim reclaim = this.settings.reclaim();
		if (suspect.kind() == SuspicionKind.COLLECTED) {
			return (reclaim != Reclaim.NONE) ? Reclaim.CERTAIN : null;
		}
		Duration after = this.settings.reclaimAfter();
		return (suspect.kind() == SuspicionKind.ABANDONED && reclaim == Reclaim.ABANDONED && after != null
				&& suspect.use().stillNanos() >= after.toNanos()) ? reclaim : null;
	}

	private void remember(Suspect suspect, Reclaim tier) {
		Lease lease = suspect.lease();
		List<Reclaimed> newest = new ArrayList<>(this.history);
		newest.add(0, new Reclaimed(lease.pool(), lease.target(), lease.operation(), lease.origin(), tier,
				suspect.use().ageNanos(), this.ticker.nanos(), CallStack.site(lease.taken())));
		this.history = List.copyOf(newest.subList(0, Math.min(newest.size(), REMEMBERED)));
	}

	/**
	 * One look at everything.
	 */
	private final class Round {

		private final Map<Lease, Looked> seen = new HashMap<>();

		private final List<Suspect> found = new ArrayList<>();

		private final Set<Lease> taken = new HashSet<>();

		private int leases;

		void look(PoolSource source) {
			try {
				source.leases().forEach((lease) -> look(source, lease));
				LeakDetector.this.failing.remove(source);
			}
			catch (RuntimeException | LinkageError ex) {
				keep(source);
				if (LeakDetector.this.failing.add(source)) {
					LOGGER.log(Level.WARNING, "Leases of " + source.getClass().getName()
							+ " could not be looked at; what was found before stays until they can", ex);
				}
			}
		}

		// what could not be looked at has not come back
		private void keep(PoolSource source) {
			LeakDetector.this.looked.forEach((lease, before) -> {
				if (before.source() == source && !this.taken.contains(lease)
						&& this.seen.putIfAbsent(lease, before) == null && before.suspect() != null) {
					this.found.add(before.suspect());
				}
			});
		}

		private void look(PoolSource source, Lease lease) {
			this.leases++;
			Use use = lease.use();
			Looked before = LeakDetector.this.looked.get(lease);
			SuspicionKind kind = LeakDetector.this.suspicion.of(lease, use, (before != null) ? before.base() : null);
			@Nullable Suspect suspect = null;
			if (kind != null) {
				suspect = new Suspect(lease, kind, Suspicion.evidence(kind, lease, use), use);
				if (before == null || before.kind() != kind) {
					LeakDetector.this.counts.suspected(lease.pool(), kind);
					LeakDetector.this.sites.suspected(CallSites.Site.of(lease));
				}
				if (isReclaimed(suspect)) {
					return;
				}
				this.found.add(suspect);
			}
			if (suspect != null || use.ageNanos() >= half()) {
				this.seen.put(lease, next(source, suspect, before, use));
			}
		}

		private boolean isReclaimed(Suspect suspect) {
			Reclaim tier = tier(suspect);
			if (tier == null || !suspect.lease().reclaim()) {
				return false;
			}
			this.taken.add(suspect.lease());
			LeakDetector.this.counts.reclaimed(suspect.lease().pool(), tier);
			remember(suspect, tier);
			LeakDetector.this.log.reclaimed(suspect, tier);
			return true;
		}

		// what moved is compared over half of the time that makes a lease suspicious or
		// more, not from one look to the next. Windows of that length follow each other,
		// and
		// the base is where the one before began: right after a window has begun there is
		// one to judge by, too
		private Looked next(PoolSource source, @Nullable Suspect suspect, @Nullable Looked before, Use use) {
			if (before == null) {
				return new Looked(source, suspect, use, use);
			}
			boolean over = use.ageNanos() - before.window().ageNanos() >= half();
			return over ? new Looked(source, suspect, before.window(), use)
					: new Looked(source, suspect, before.base(), before.window());
		}

		private long half() {
			return LeakDetector.this.settings.suspectAfter().toNanos() / 2;
		}

		void countLate() {
			LeakDetector.this.looked.forEach((lease, before) -> {
				if (before.kind() != null && !this.seen.containsKey(lease) && !this.taken.contains(lease)) {
					LeakDetector.this.counts.late();
				}
			});
		}

	}

	/**
	 * How a lease was found before.
	 *
	 * @param source where it comes from
	 * @param suspect what was the matter, {@code null} if nothing was
	 * @param base how it was used when the window before began
	 * @param window how it was used when its window began
	 */
	private record Looked(PoolSource source, @Nullable Suspect suspect, Use base, Use window) {

		@Nullable SuspicionKind kind() {
			return (this.suspect != null) ? this.suspect.kind() : null;
		}

	}

}
