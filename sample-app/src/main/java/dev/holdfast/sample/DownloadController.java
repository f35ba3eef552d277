/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The route that has much to say: its thread waits for whoever reads slowly.
 */
@RestController
class DownloadController {

	private final Outcomes outcomes;

	DownloadController(Outcomes outcomes) {
		this.outcomes = outcomes;
	}

	/**
	 * The entity tag is the checksum, so that a client can tell whether all has come.
	 */
	@GetMapping("/demo/download")
	void download(@RequestParam ByteCount bytes, HttpServletResponse response) throws IOException {
		this.outcomes.count(DemoRoute.DOWNLOAD, () -> {
			NumberedBlocks content = new NumberedBlocks(bytes);
			response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
			response.setContentLengthLong(bytes.value());
			response.setHeader(HttpHeaders.ETAG, "\"crc32-" + content.checksum() + "\"");
			content.writeTo(response.getOutputStream());
			return bytes;
		});
	}

}
