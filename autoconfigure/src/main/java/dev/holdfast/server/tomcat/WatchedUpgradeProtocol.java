/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.UpgradeProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * A protocol that takes a connection over, HTTP/2 for one, whose requests are told their
 * wire.
 *
 * @param protocol the protocol
 */
record WatchedUpgradeProtocol(UpgradeProtocol protocol) implements UpgradeProtocol {

	@Override
	public String getHttpUpgradeName(boolean secure) {
		return this.protocol.getHttpUpgradeName(secure);
	}

	@Override
	public byte[] getAlpnIdentifier() {
		return this.protocol.getAlpnIdentifier();
	}

	@Override
	public String getAlpnName() {
		return this.protocol.getAlpnName();
	}

	@Override
	public Processor getProcessor(SocketWrapperBase<?> socket, Adapter adapter) {
		return this.protocol.getProcessor(socket, new WiringAdapter(adapter));
	}

	@Override
	public InternalHttpUpgradeHandler getInternalUpgradeHandler(SocketWrapperBase<?> socket, Adapter adapter,
			Request request) {
		return this.protocol.getInternalUpgradeHandler(socket, new WiringAdapter(adapter), request);
	}

	@Override
	public boolean accept(Request request) {
		return this.protocol.accept(request);
	}

	@Override
	public void setHttp11Protocol(AbstractHttp11Protocol<?> http11) {
		this.protocol.setHttp11Protocol(http11);
	}

}
