/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.Order;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * Turns what callers do wrong into problems that say how to do it right. Ordered before
 * Boot's own problem advice, whose text does not know the bounds.
 */
@RestControllerAdvice
@Order(-1)
final class DemoProblems {

	@ExceptionHandler
	ProblemDetail badParameter(MethodArgumentTypeMismatchException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
				"Parameter '" + ex.getName() + "' " + expected(ex.getRequiredType()));
	}

	private static String expected(@Nullable Class<?> type) {
		if (type == Millis.class) {
			return "must be a whole number of milliseconds from 0 to " + Millis.MAX;
		}
		if (type == EventCount.class) {
			return "must be a whole number from 1 to " + EventCount.MAX;
		}
		if (type == ByteCount.class) {
			return "must be a whole number from 1 to " + ByteCount.MAX;
		}
		if (type == Seconds.class) {
			return "must be a whole number from 1 to " + Seconds.MAX;
		}
		return (type == LeakCount.class) ? "must be a whole number from 1 to " + LeakCount.MAX : "is malformed";
	}

	@ExceptionHandler({ InterruptedException.class, QueryTimeoutException.class })
	ProblemDetail cancelled() {
		return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "The work was cancelled");
	}

}
