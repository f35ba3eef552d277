/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("B11")
class AddressRulesTests {

	private static final AddressRules DEFAULTS = AddressRules.of(null, null);

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "fd00:ec2::254", "fd00:ec2::23", "168.63.129.16", "100.100.100.200",
			"192.0.0.192", "169.254.170.2", "169.254.170.23", "2852039166", "fd00:ec2:0:0:0:0:0:254" })
	void metadataAddressesAreDenied(String address) throws UnknownHostException {
		assertThat(DEFAULTS.isAllowed(InetAddress.getByName(address))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "::ffff:169.254.169.254", "::169.254.169.254", "::a83f:8110", "64:ff9b::a9fe:a9fe",
			"64:ff9b::168.63.129.16", "64:ff9b:1::a9fe:a9fe", "64:ff9b:1:a9fe:a9:fe00::", "64:ff9b:1:a9:fe:a9fe::",
			"64:ff9b:1:0:a9:fea9:fe00:0", "64:ff9b:1:abcd:0:1:a9fe:a9fe", "2002:a9fe:a9fe::1", "2002:6464:64c8::" })
	void metadataAddressesAreDeniedInsideOfOthers(String address) throws UnknownHostException {
		assertThat(DEFAULTS.isAllowed(InetAddress.getByName(address))).isFalse();
	}

	@Test
	void aMappedAddressIsDeniedEvenIfTheJdkKeptItsForm() throws UnknownHostException {
		byte[] bytes = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 169, (byte) 254, (byte) 169, (byte) 254 };
		Inet6Address mapped = Inet6Address.getByAddress(null, bytes, -1);
		assertThat(DEFAULTS.isAllowed(mapped)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "8.8.8.8", "127.0.0.1", "10.0.0.1", "169.254.169.253", "169.254.1.1", "100.100.100.201",
			"0.0.0.0", "::", "::1", "::ffff:10.0.0.1", "fe80::1", "fd00:ec2::253", "2001:4860:4860::8888",
			"64:ff9b::808:808", "64:ff9b:1::808:808", "64:ff9b:2::a9fe:a9fe", "2002:808:808::1", "2003:a9fe:a9fe::1",
			"fd12::a9fe:a9fe" })
	void everythingElseIsAllowedByDefault(String address) throws UnknownHostException {
		assertThat(DEFAULTS.isAllowed(InetAddress.getByName(address))).isTrue();
	}

	@Property
	void anIpv4AddressIsDeniedInEveryFormIfItIsDenied(@ForAll @Size(4) byte[] ipv4) throws UnknownHostException {
		InetAddress plain = InetAddress.getByAddress(ipv4);
		AddressRules rules = AddressRules.of(List.of(plain.getHostAddress()), null);
		assertThat(rules.isAllowed(plain)).isFalse();
		if (ipv4[0] != 0) {
			assertThat(List.of("0000:0000:0000:0000:0000:0000:%s", "0064:ff9b:0000:0000:0000:0000:%s",
					"0064:ff9b:0001:0000:0000:0000:%s", "2002:%s:0000:0000:0000:0000:0001"))
				.allSatisfy((form) -> assertThat(rules.isAllowed(in(form, ipv4))).as(form).isFalse());
		}
	}

	@ParameterizedTest
	@CsvSource({ "10.1.2.3, 10.1.2.3, 10.1.2.4", "10.0.0.0/8, 10.255.0.1, 11.0.0.1",
			"10.128.0.0/9, 10.128.0.0, 10.127.0.0", "192.168.1.1/32, 192.168.1.1, 192.168.1.2",
			"fd00::/8, fd12::1, fc00::1", "2001:DB8::1, 2001:db8::1, 2001:db8::2",
			"::ffff:10.1.2.3, 10.1.2.3, 10.1.2.4", "64:ff9b::/96, 64:ff9b::808:808, 8.8.8.8",
			"10.0.0.0/8, 64:ff9b::10.1.2.3, 64:ff9b::11.1.2.3", "0.0.0.0/0, 255.1.2.3, 2001:db8::1",
			"0.0.0.0/0, 64:ff9b::808:808, ff02::1", "::/0, 2001:db8::1, 1.2.3.4", "::/0, ff02::1, 255.255.255.255",
			"internal, 10.1.2.3, 8.8.8.8", "internal, 127.0.0.1, 100.64.0.1", "internal, ::1, 2001:4860:4860::8888",
			"internal, 0.0.0.0, 1.0.0.0", "internal, ::, ::8.8.8.8", "internal, fd00::1, 64:ff9b::808:808",
			"internal, ::127.0.0.1, ::8.8.8.8", "internal, 2002:0a01:0203::1, 2002:808:808::1",
			"internal, fe80::1, 64:ff9b:1::808:808", "external, 8.8.8.8, 10.1.2.3",
			"external, 64:ff9b::808:808, 64:ff9b::10.1.2.3", "METADATA, 169.254.169.254, 169.254.169.253",
			"' metadata ', 64:ff9b::a9fe:a9fe, fe80::1" })
	void anEntryDeniesWhatItMatchesAndAllowsNothingElse(String entry, String matching, String other)
			throws UnknownHostException {
		AddressRules denying = AddressRules.of(List.of(entry), null);
		assertThat(denying.isAllowed(InetAddress.getByName(matching))).isFalse();
		assertThat(denying.isAllowed(InetAddress.getByName(other))).isTrue();
		AddressRules allowing = AddressRules.of(List.of("none"), List.of(entry));
		assertThat(allowing.isAllowed(InetAddress.getByName(matching))).isTrue();
		assertThat(allowing.isAllowed(InetAddress.getByName(other))).isFalse();
	}

	@Test
	void whatTheUserDeniesReplacesTheDefault() throws UnknownHostException {
		AddressRules rules = AddressRules.of(List.of("10.0.0.0/8"), null);
		assertThat(rules.isAllowed(InetAddress.getByName("10.1.2.3"))).isFalse();
		assertThat(rules.isAllowed(InetAddress.getByName("169.254.169.254"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "64:ff9b::a9fe:a9fe", "10.1.2.3", "::1" })
	void noneDeniesNothing(String address) throws UnknownHostException {
		assertThat(AddressRules.of(List.of("none"), null).isAllowed(InetAddress.getByName(address))).isTrue();
	}

	@Test
	void anEmptyListIsAsGoodAsNone() throws UnknownHostException {
		AddressRules rules = AddressRules.of(List.of(), List.of());
		assertThat(rules.isAllowed(InetAddress.getByName("169.254.169.254"))).isFalse();
		assertThat(rules.isAllowed(InetAddress.getByName("8.8.8.8"))).isTrue();
	}

	@Test
	void whatIsDeniedIsDeniedEvenIfItIsAllowedAsWell() throws UnknownHostException {
		AddressRules rules = AddressRules.of(List.of("metadata", "10.1.0.0/16"),
				List.of("169.254.169.254", "10.0.0.0/8"));
		assertThat(rules.isAllowed(InetAddress.getByName("169.254.169.254"))).isFalse();
		assertThat(rules.isAllowed(InetAddress.getByName("10.1.2.3"))).isFalse();
		assertThat(rules.isAllowed(InetAddress.getByName("10.2.2.3"))).isTrue();
		assertThat(rules.isAllowed(InetAddress.getByName("8.8.8.8"))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "169.254.169.254/32", "metadata" })
	void whatIsAllowedOneByOneWinsOverTheDefault(String entry) throws UnknownHostException {
		AddressRules rules = AddressRules.of(null, List.of(entry));
		assertThat(rules.isAllowed(InetAddress.getByName("169.254.169.254"))).isTrue();
		assertThat(rules.isAllowed(InetAddress.getByName("64:ff9b::a9fe:a9fe"))).isTrue();
		assertThat(rules.isAllowed(InetAddress.getByName("2001:db8::1"))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "169.254.0.0/16, 169.254.169.254, 169.254.1.1", "0.0.0.0/0, 168.63.129.16, 8.8.8.8",
			"169.254.169.254/31, 169.254.169.254, 169.254.169.255", "::/0, fd00:ec2::254, 2001:db8::1",
			"64:ff9b::/96, 64:ff9b::a9fe:a9fe, 64:ff9b::808:808", "fd00::/8, fd00:ec2::254, fd00::1" })
	void aRangeThatIsAllowedOpensNoMetadataAddress(String range, String metadata, String other)
			throws UnknownHostException {
		AddressRules rules = AddressRules.of(null, List.of(range));
		assertThat(rules.isAllowed(InetAddress.getByName(metadata))).isFalse();
		assertThat(rules.isAllowed(InetAddress.getByName(other))).isTrue();
		assertThat(AddressRules.of(List.of("none"), List.of(range)).isAllowed(InetAddress.getByName(metadata)))
			.isTrue();
		AddressRules named = AddressRules.of(null, List.of(range, metadata));
		assertThat(named.isAllowed(InetAddress.getByName(metadata))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "external, 168.63.129.16", "internal, 169.254.169.254", "internal, fd00:ec2::254",
			"internal, 64:ff9b::a9fe:a9fe" })
	void aSortThatIsAllowedDoesNotWinOverTheDefault(String name, String address) throws UnknownHostException {
		AddressRules rules = AddressRules.of(null, List.of(name));
		assertThat(rules.isAllowed(InetAddress.getByName(address))).isFalse();
		assertThat(AddressRules.of(List.of("none"), List.of(name)).isAllowed(InetAddress.getByName(address))).isTrue();
	}

	@Test
	void anAddressThatMayEndUpAtSeveralIsAllowedIfAllOfTheseAre() throws UnknownHostException {
		// 8.8.8.8 behind a prefix of 48 bits, 8.8.8.0 and 8.8.0.0 behind longer ones
		InetAddress address = InetAddress.getByName("64:ff9b:1:808:8:800::");
		List<String> none = List.of("none");
		assertThat(AddressRules.of(none, List.of("8.8.8.8")).isAllowed(address)).isFalse();
		assertThat(AddressRules.of(none, List.of("8.8.0.0/16")).isAllowed(address)).isTrue();
		assertThat(AddressRules.of(none, List.of("64:ff9b:1::/48")).isAllowed(address)).isTrue();
		assertThat(AddressRules.of(List.of("8.8.8.8"), null).isAllowed(address)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "localhost", "example.org", "10.0.0", "10/8", "999.1.1.1", "1.2.3.4.5", "1.2.3.",
			"010.0.0.1", "0x7f.0.0.1", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8/8", "/8", "fd00::/129",
			"fd00::1::", "abc:8080", "[::1]", "fe80::1%eth0", "::ffff:10.0.0.0/104", "::ffff:0.0.0.0/0 x", "metadat",
			"*" })
	void aWrongEntryIsToldTogetherWithWhatIsExpected(String entry) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRules.of(List.of("10.0.0.0/8", entry), null))
			.withMessage("'" + entry.trim() + "' is neither an address like 10.1.2.3, nor a range like 10.0.0.0/8 or "
					+ "fd00::/8, nor 'metadata', 'internal' or 'external'.");
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRules.of(null, List.of(entry)))
			.withMessageStartingWith("'" + entry.trim() + "' is neither");
	}

	@Test
	void noneStandsAlone() {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRules.of(List.of("none", "metadata"), null))
			.withMessage("'none' denies nothing: it must be the only entry, not one of [none, metadata]");
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRules.of(null, List.of("none")))
			.withMessageStartingWith("'none' is neither");
	}

	private static InetAddress in(String form, byte[] ipv4) {
		try {
			return InetAddress
				.getByName(form.formatted("%02x%02x:%02x%02x".formatted(ipv4[0], ipv4[1], ipv4[2], ipv4[3])));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
