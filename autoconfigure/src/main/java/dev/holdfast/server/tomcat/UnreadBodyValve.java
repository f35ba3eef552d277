/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import java.io.IOException;

import dev.holdfast.server.UnreadBody;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Keeps Tomcat from reading the body of a refused request. Even with the connection about
 * to be closed it would read up to 2 MB of it first, at the pace of the client, on a
 * thread that is needed to refuse.
 */
final class UnreadBodyValve extends ValveBase {

	UnreadBodyValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		getNext().invoke(request, response);
		// attributes are looked for in three tables, so not for what was answered
		if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST
				&& request.getAttribute(UnreadBody.ABANDONED) != null) {
			request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
		}
	}

}
