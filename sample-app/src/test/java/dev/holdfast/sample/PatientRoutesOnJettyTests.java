/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.springframework.test.context.ActiveProfiles;

@ActiveProfiles("jetty")
class PatientRoutesOnJettyTests extends AbstractPatientRoutesTests {

}
