/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import org.jspecify.annotations.Nullable;

/**
 * A request whose reads of the body are seen by a {@link BodyClock}. Forms and parts are
 * read by the container within one call.
 */
final class TimedBody extends HttpServletRequestWrapper {

	private final BodyClock clock;

	private @Nullable TimedInputStream stream;

	private @Nullable TimedReader reader;

	private boolean parsed;

	TimedBody(HttpServletRequest request, BodyClock clock) {
		super(request);
		this.clock = clock;
	}

	@Override
	public ServletInputStream getInputStream() throws IOException {
		ServletInputStream plain = super.getInputStream();
		TimedInputStream timed = this.stream;
		if (timed == null || !timed.isOver(plain)) {
			timed = new TimedInputStream(plain, getContentLengthLong(), this.clock);
			this.stream = timed;
		}
		return timed;
	}

	@Override
	public BufferedReader getReader() throws IOException {
		BufferedReader plain = super.getReader();
		TimedReader timed = this.reader;
		if (timed == null || !timed.isOver(plain)) {
			timed = new TimedReader(plain, this.clock);
			this.reader = timed;
		}
		return timed;
	}

	@Override
	public @Nullable String getParameter(String name) {
		boolean reads = beginsToParse();
		try {
			return super.getParameter(name);
		}
		finally {
			endsToParse(reads);
		}
	}

	@Override
	public Map<String, String[]> getParameterMap() {
		boolean reads = beginsToParse();
		try {
			return super.getParameterMap();
		}
		finally {
			endsToParse(reads);
		}
	}

	@Override
	public Enumeration<String> getParameterNames() {
		boolean reads = beginsToParse();
		try {
			return super.getParameterNames();
		}
		finally {
			endsToParse(reads);
		}
	}

	@Override
	public String @Nullable [] getParameterValues(String name) {
		boolean reads = beginsToParse();
		try {
			return super.getParameterValues(name);
		}
		finally {
			endsToParse(reads);
		}
	}

	@Override
	public Collection<Part> getParts() throws IOException, ServletException {
		boolean reads = beginsToParse();
		try {
			return super.getParts();
		}
		finally {
			endsToParse(reads);
		}
	}

	@Override
	public @Nullable Part getPart(String name) throws IOException, ServletException {
		boolean reads = beginsToParse();
		try {
			return super.getPart(name);
		}
		finally {
			endsToParse(reads);
		}
	}

	private boolean beginsToParse() {
		if (this.parsed || this.stream != null || this.reader != null || !isForm()) {
			return false;
		}
		this.clock.readBegins();
		return true;
	}

	private boolean isForm() {
		String type = getContentType();
		return type != null
				&& (startsWith(type, "application/x-www-form-urlencoded") || startsWith(type, "multipart/form-data"));
	}

	private static boolean startsWith(String type, String prefix) {
		return type.strip().toLowerCase(Locale.ROOT).startsWith(prefix);
	}

	private void endsToParse(boolean read) {
		if (read) {
			this.parsed = true;
			this.clock.readEnds(true);
		}
	}

}
