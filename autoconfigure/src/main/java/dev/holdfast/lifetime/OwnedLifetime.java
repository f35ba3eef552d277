/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A lifetime with an owner, who ends or completes it.
 * <p>
 * <b>State.</b> {@code state} is set once, by whoever comes first: the owner who ends or
 * completes it, the deadline, or the parent's end. A lifetime without listeners costs two
 * fields: no timer runs and its parent does not know it; end and deadline are read when
 * asked. The first listener arms both, the last one that is taken back disarms them, so
 * no timer and no reference is left behind.
 *
 * @since 0.1.0
 */
public final class OwnedLifetime implements Lifetime {

	static final Registration NOTHING_REGISTERED = () -> {
	};

	private static final Logger LOGGER = System.getLogger(OwnedLifetime.class.getName());

	// in the place of an end: one field, so that an end and a completion exclude each
	// other
	private static final Object COMPLETED = new Object();

	private static final VarHandle STATE;

	private static final VarHandle LISTENERS;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			STATE = lookup.findVarHandle(OwnedLifetime.class, "state", Object.class);
			LISTENERS = lookup.findVarHandle(OwnedLifetime.class, "listeners", Listeners.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final @Nullable Lifetime parent;

	private volatile Deadline own;

	private volatile @Nullable DeadlineGuard guard;

	private volatile boolean cancellable;

	private volatile @Nullable Object state;

	private volatile @Nullable Listeners listeners;

	/**
	 * A lifetime without a parent.
	 * @param deadline when it ends by itself
	 */
	public OwnedLifetime(Deadline deadline) {
		this(null, deadline);
	}

	private OwnedLifetime(@Nullable Lifetime parent, Deadline deadline) {
		this.parent = parent;
		this.own = deadline;
	}

	@Override
	public Deadline deadline() {
		return (this.parent != null) ? this.own.earlier(this.parent.deadline()) : this.own;
	}

	/**
	 * Sets the deadline once it is known: that of a request begins when its body has
	 * come. To be called by its owner.
	 * @param deadline when it ends by itself
	 */
	public void startDeadline(Deadline deadline) {
		replaceDeadline(deadline);
	}

	/**
	 * Sets the deadline once it is known, with somebody who can take it back in the last
	 * moment. To be called by its owner.
	 * @param deadline when it ends by itself
	 * @param lastWord asked when it has passed, before the lifetime ends
	 */
	public void startDeadline(Deadline deadline, DeadlineGuard lastWord) {
		this.guard = lastWord;
		replaceDeadline(deadline);
	}

	/**
	 * Takes the deadline away: what was to be done by then is done, and what follows may
	 * take its time. Children keep their own limits. A lifetime that has ended stays
	 * ended.
	 */
	public void liftDeadline() {
		if (this.own.isBounded()) {
			replaceDeadline(Deadline.none());
		}
	}

	private void replaceDeadline(Deadline deadline) {
		this.own = deadline;
		Listeners told = this.listeners;
		if (told != null) {
			told.rearm();
		}
	}

	@Override
	public void cancellable() {
		this.cancellable = true;
		if (this.parent != null) {
			this.parent.cancellable();
		}
	}

	/**
	 * Whether the work has said that it may be ended.
	 * @return {@code true} after {@link #cancellable()}, here or on a child
	 */
	public boolean isCancellable() {
		return this.cancellable;
	}

	@Override
	public Duration remaining() {
		return (endReason() != null) ? Duration.ZERO : deadline().remaining();
	}

	@Override
	public @Nullable EndReason endReason() {
		return (state() instanceof EndReason reason) ? reason : null;
	}

	// null while it lasts, then an EndReason or COMPLETED; notices an end that is due
	private @Nullable Object state() {
		if (this.state == null) {
			EndReason above = (this.parent != null) ? this.parent.endReason() : null;
			if (above != null) {
				end(above);
			}
			else if (this.own.hasPassed() && !isPutOff()) {
				end(EndReason.DEADLINE);
			}
		}
		return this.state;
	}

	// Several threads may ask at once: they are told the same, and the last write is as
	// good as the first.
	private boolean isPutOff() {
		DeadlineGuard lastWord = this.guard;
		Deadline next = (lastWord != null) ? lastWord.next() : null;
		if (next == null || next.hasPassed()) {
			return false;
		}
		replaceDeadline(next);
		return true;
	}

	@Override
	public Registration onEnd(Consumer<? super EndReason> listener) {
		Listener registration = new Listener(listener);
		// before anything is armed: no timer for what is over
		Object before = state();
		if (before != null) {
			registration.tellIfEnded(before);
			return NOTHING_REGISTERED;
		}
		listeners().add(registration);
		// the end may have come before we were in the set: then nobody else takes us out
		Object now = state();
		if (now != null && listeners().remove(registration)) {
			registration.tellIfEnded(now);
		}
		return registration;
	}

	@Override
	public Lifetime within(Duration limit) {
		return new OwnedLifetime(this, this.own.another(limit));
	}

	/**
	 * Ends the lifetime and tells the listeners, on the calling thread.
	 * @param reason why
	 * @return whether this call ended it
	 */
	public boolean end(EndReason reason) {
		if (!STATE.compareAndSet(this, null, reason)) {
			return false;
		}
		Listeners told = this.listeners;
		if (told != null) {
			told.drain().forEach((listener) -> listener.tell(reason));
		}
		return true;
	}

	/**
	 * Says that the work is done: listeners are dropped untold and it ends no more, nor
	 * has it a deadline, so that what it has left behind on other threads may go on. A
	 * lifetime that has ended stays ended.
	 */
	public void complete() {
		if (STATE.compareAndSet(this, null, COMPLETED)) {
			this.own = Deadline.none();
		}
		Listeners dropped = this.listeners;
		if (dropped != null) {
			dropped.drain();
		}
	}

	private Listeners listeners() {
		Listeners existing = this.listeners;
		if (existing != null) {
			return existing;
		}
		Listeners created = new Listeners();
		Object winner = LISTENERS.compareAndExchange(this, null, created);
		return (winner != null) ? (Listeners) winner : created;
	}

	/**
	 * One listener, told at most once.
	 */
	private final class Listener implements Registration {

		private final Consumer<? super EndReason> action;

		Listener(Consumer<? super EndReason> action) {
			this.action = action;
		}

		void tellIfEnded(Object state) {
			if (state instanceof EndReason reason) {
				tell(reason);
			}
		}

		void tell(EndReason reason) {
			try {
				this.action.accept(reason);
			}
			catch (RuntimeException | Error ex) {
				LOGGER.log(Level.WARNING, "A listener failed when a lifetime ended (" + reason + ")", ex);
			}
		}

		@Override
		public void close() {
			listeners().remove(this);
		}

	}

	/**
	 * The listeners in order. Whoever takes one out of the set tells it: that makes it
	 * once.
	 */
	private final class Listeners {

		private final ReentrantLock lock = new ReentrantLock();

		private final Set<Listener> waiting = new LinkedHashSet<>();

		private Registration atParent = NOTHING_REGISTERED;

		private Registration atTimer = NOTHING_REGISTERED;

		void add(Listener listener) {
			boolean first;
			this.lock.lock();
			try {
				first = this.waiting.isEmpty();
				if (first) {
					// first of all: if no timer can be had, nobody stays in the set
					this.atTimer = timer();
				}
				this.waiting.add(listener);
			}
			finally {
				this.lock.unlock();
			}
			if (first) {
				listenToParent();
			}
		}

		void rearm() {
			this.lock.lock();
			try {
				if (!this.waiting.isEmpty()) {
					this.atTimer.close();
					this.atTimer = timer();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

		// looks at the deadline again: it may have been lifted
		private Registration timer() {
			return Timers.at(OwnedLifetime.this.own, OwnedLifetime.this::endReason);
		}

		// outside the lock: a parent that has ended calls back at once
		private void listenToParent() {
			Lifetime above = OwnedLifetime.this.parent;
			if (above == null) {
				return;
			}
			Registration registration = above.onEnd(OwnedLifetime.this::end);
			this.lock.lock();
			try {
				if (!this.waiting.isEmpty() && this.atParent == NOTHING_REGISTERED) {
					this.atParent = registration;
					return;
				}
			}
			finally {
				this.lock.unlock();
			}
			registration.close();
		}

		boolean remove(Listener listener) {
			Registration parentHandle = NOTHING_REGISTERED;
			boolean removed;
			this.lock.lock();
			try {
				removed = this.waiting.remove(listener);
				if (this.waiting.isEmpty()) {
					parentHandle = disarm();
				}
			}
			finally {
				this.lock.unlock();
			}
			parentHandle.close();
			return removed;
		}

		List<Listener> drain() {
			Registration parentHandle;
			List<Listener> drained;
			this.lock.lock();
			try {
				drained = new ArrayList<>(this.waiting);
				this.waiting.clear();
				parentHandle = disarm();
			}
			finally {
				this.lock.unlock();
			}
			parentHandle.close();
			return drained;
		}

		private Registration disarm() {
			this.atTimer.close();
			this.atTimer = NOTHING_REGISTERED;
			Registration parentHandle = this.atParent;
			this.atParent = NOTHING_REGISTERED;
			return parentHandle;
		}

	}

}
